// The state of a connection, or an outcome: a word and a shape; the colour repeats them.

import { type ConnectionView, endToRemind, type Waiting } from '../../contract/connection.ts'
import { type ConnectionState, connectionState } from '../../contract/connection-state.ts'
import { useNow } from '../state/use-now.ts'
import { dayWords, spanWords, timeWords } from './format.ts'
import classes from './state-badge.module.css'

export type Tone = 'good' | 'warn' | 'bad' | 'off' | 'busy'

/** A shape for each tone, told apart without colour: disc, half disc, triangle, ring, arc. */
export function ToneShape({ tone, size = 10 }: { tone: Tone; size?: number }) {
  return (
    <svg className={classes.shape} data-tone={tone} width={size} height={size} viewBox="0 0 12 12" aria-hidden="true">
      {tone === 'good' && <circle cx="6" cy="6" r="4.5" fill="currentColor" />}
      {tone === 'warn' && (
        <>
          <circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
          <path d="M6 1.75a4.25 4.25 0 0 0 0 8.5z" fill="currentColor" />
        </>
      )}
      {tone === 'bad' && <path d="M6 1 11.5 10.75H.5z" fill="currentColor" />}
      {tone === 'off' && <circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" strokeWidth="1.5" />}
      {tone === 'busy' && (
        <path d="M6 1.75A4.25 4.25 0 1 1 1.75 6" fill="none" stroke="currentColor" strokeWidth="1.75" />
      )}
    </svg>
  )
}

/** A word with the shape and colour of its tone. */
export function ToneBadge({ tone, word, quiet = false }: { tone: Tone; word: string; quiet?: boolean }) {
  return (
    <span className={classes.badge} data-tone={tone} data-quiet={quiet || undefined}>
      <ToneShape tone={tone} />
      <span className={classes.word}>{word}</span>
    </span>
  )
}

const tones: Record<ConnectionState, Tone> = {
  active: 'good',
  expiring: 'warn',
  renewed_when_used: 'off',
  expired: 'bad',
  needs_attention: 'bad',
  damaged: 'bad',
  revocation_unverified: 'warn',
  still_works: 'warn',
  revoked: 'off',
}

type ConnectionStatus = Parameters<typeof connectionState>[0] & Partial<Pick<ConnectionView, 'busy' | 'waiting'>>

/** How long there is to renew what only the person can renew. */
function endingWords(connection: ConnectionStatus, now: number): Pick<StateWords, 'word' | 'left'> {
  const left = (endToRemind(connection, now) ?? now) - now
  const span = spanWords(left)
  if (connection.refreshable) return { word: left > 0 ? `reconnect in ${span}` : 'reconnect now' }
  return { word: `expires in ${span}`, left: span }
}

/** Of what it waits for only until when: the rest stands beside it. */
function waitingWords({ until }: Waiting, now: number): string {
  return until - now < 1000 ? 'waiting' : `waiting ${spanWords(until - now)}`
}

/** Of an accepted revocation: until when the access token works all the same; the day, or the time of today. */
function stillWorksWords({ status }: ConnectionStatus, now: number): string {
  const until = status.kind === 'revocation_accepted' ? status.revocation.worksUntil : null
  if (until === null) return 'still works'
  return `still works until ${until - now < 86_400_000 ? timeWords(until) : dayWords(until)}`
}

interface StateWords {
  tone: Tone
  word: string
  /** How long the access token still lives, where `word` says that it expires. */
  left?: string
}

/** How a connection stands at `now` (ms), in words: `expires in 12 min`. */
export function stateWords(connection: ConnectionStatus, now: number): StateWords {
  if (connection.waiting) return { tone: 'busy', word: waitingWords(connection.waiting, now) }
  if (connection.busy) return { tone: 'busy', word: connection.busy }
  const state = connectionState(connection, now)
  const tone = tones[state]
  switch (state) {
    case 'active':
      return { tone, word: 'active' }
    case 'expiring':
      return { tone, ...endingWords(connection, now) }
    case 'renewed_when_used':
      return { tone, word: 'renews when used' }
    case 'expired':
      return { tone, word: 'expired' }
    case 'needs_attention':
      return { tone, word: 'needs attention' }
    case 'damaged':
      return { tone, word: connection.damage === 'client_secret' ? 'client secret damaged' : 'damaged' }
    case 'revocation_unverified':
      return { tone, word: 'revocation not verified' }
    case 'still_works':
      return { tone, word: stillWorksWords(connection, now) }
    case 'revoked':
      return { tone, word: 'revoked' }
  }
}

/** A connection's state, kept up to date by the shared clock. */
export function StateBadge({ connection, quiet = false }: { connection: ConnectionStatus; quiet?: boolean }) {
  const { tone, word } = stateWords(connection, useNow())
  return <ToneBadge tone={tone} word={word} quiet={quiet} />
}
