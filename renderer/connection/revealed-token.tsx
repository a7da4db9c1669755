// A token that hides by itself. The value lives in this component alone, and goes when the time is over, when the
// window loses the focus, when another tab is chosen.
import { Button } from '@mantine/core'
import { IconEye, IconEyeOff } from '@tabler/icons-react'
import { useCallback, useEffect, useState } from 'react'
import type { ConnectionView } from '../../contract/connection.ts'
import { FailurePanel } from '../kit/failure-panel.tsx'
import textStyles from '../kit/text.module.css'
import { useCall } from '../state/use-call.ts'
import { useNow } from '../state/use-now.ts'
import { usePendingCommand } from '../state/use-pending-command.ts'
import classes from './revealed-token.module.css'
import { unusableWords } from './unusable.ts'

/** Milliseconds that a revealed token stays on screen. */
const shownFor = 30_000

interface RevealedTokenProps {
  connection: ConnectionView
  what: 'access_token' | 'refresh_token'
}

export function RevealedToken({ connection, what }: RevealedTokenProps) {
  const { id } = connection
  const unusable = connection.damage === 'tokens' ? unusableWords(connection) : undefined
  const reveal = useCall('connections.reveal')
  const [shown, setShown] = useState<{ value: string; until: number } | null>(null)
  const hide = useCallback(() => setShown(null), [])
  const words = what === 'access_token' ? 'access token' : 'refresh token'
  // Two of each stand on one page; the access token's keep their plain names.
  const named = (word: string) => (what === 'access_token' ? undefined : `${word} ${words}`)

  useEffect(() => {
    if (shown === null) return
    const timer = setTimeout(hide, shown.until - Date.now())
    const hideWhenHidden = () => document.hidden && hide()
    window.addEventListener('blur', hide)
    document.addEventListener('visibilitychange', hideWhenHidden)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('blur', hide)
      document.removeEventListener('visibilitychange', hideWhenHidden)
    }
  }, [shown, hide])

  async function show() {
    const answer = await reveal.call({ id, what })
    if (answer.ok) setShown({ value: answer.value.value, until: Date.now() + shownFor })
  }

  // Only the access token is revealed from elsewhere; a command for none is never given.
  usePendingCommand(what === 'access_token' ? id : '', 'reveal', () => void show())

  return (
    <>
      <div className={classes.tokenRow}>
        {shown === null ? (
          <span className={classes.masked}>
            <span aria-hidden>••••••••••••••••••••••••</span>
            <span className={classes.hiddenWord}>hidden</span>
          </span>
        ) : (
          <output className={classes.revealed} aria-label={`The ${words}`}>
            {shown.value}
          </output>
        )}
        <div className={classes.tokenActions}>
          {shown === null ? (
            <Button
              variant="default"
              size="xs"
              leftSection={<IconEye size={14} aria-hidden />}
              loading={reveal.pending}
              disabled={unusable !== undefined}
              title={unusable}
              aria-label={named('Reveal')}
              onClick={() => void show()}
            >
              Reveal
            </Button>
          ) : (
            <Button
              variant="default"
              size="xs"
              leftSection={<IconEyeOff size={14} aria-hidden />}
              aria-label={named('Hide')}
              onClick={hide}
            >
              Hide
            </Button>
          )}
          {shown !== null && <HidesIn until={shown.until} />}
        </div>
      </div>
      {reveal.failure && (
        <div style={{ marginTop: 8 }}>
          <FailurePanel failure={reveal.failure} title="Nothing was revealed." onClose={reveal.clear} />
        </div>
      )}
    </>
  )
}

function HidesIn({ until }: { until: number }) {
  const now = useNow()
  return (
    <span className={textStyles.quiet}>
      hides in {Math.max(0, Math.min(shownFor / 1000, Math.ceil((until - now) / 1000)))} s
    </span>
  )
}
