// While the answer is awaited: the authorization URL, opening it again, and pasting an answer. Where nothing listens,
// pasting is the way and comes first.
import { Button, Textarea } from '@mantine/core'
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { Attempt } from '../../contract/attempt.ts'
import { pkceIn, pkceWarnings } from '../../contract/pkce-words.ts'
import { outOfBandRedirectUri } from '../../contract/redirect-uri.ts'
import { CopyText } from '../kit/copy-text.tsx'
import { FailurePanel } from '../kit/failure-panel.tsx'
import { Forwarding } from '../kit/forwarding.tsx'
import { Notice } from '../kit/notice.tsx'
import textStyles from '../kit/text.module.css'
import { useCall } from '../state/use-call.ts'
import classes from './authorization-panel.module.css'
import { BrowseButton } from './browse-button.tsx'
import lookStyles from './field-looks.module.css'
import stepStyles from './step.module.css'

type Waiting = Extract<Attempt, { state: 'awaiting_redirect' | 'awaiting_code' }>

export function AuthorizationPanel({ attempt, byHand }: { attempt: Waiting; byHand: boolean }) {
  const awaited = attempt.state === 'awaiting_code'
  const paste = <PasteAnswer id={attempt.id} awaited={awaited} shown={attempt.redirectUri === outOfBandRedirectUri} />
  const warning = pkceWarnings[pkceIn(attempt.authorizationUrl)]
  return (
    <>
      {warning && <Notice>{warning}</Notice>}
      {awaited && !byHand && paste}
      <AuthorizationUrl attempt={attempt} byHand={byHand} />
      {(!awaited || byHand) && paste}
    </>
  )
}

function AuthorizationUrl({ attempt, byHand }: { attempt: Waiting; byHand: boolean }) {
  const browse = useCall('connect.browse')
  return (
    <div className={stepStyles.section}>
      <p className={stepStyles.label}>Authorization URL</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className={classes.authorizationUrl} tabIndex={0} aria-label="The authorization URL in full">
        {attempt.authorizationUrl}
      </section>
      <div className={classes.buttons}>
        <CopyText text={attempt.authorizationUrl} label="Copy authorization URL" wide />
        <BrowseButton
          call={browse}
          id={attempt.id}
          address={attempt.authorizationUrl}
          byHand={byHand}
          variant={byHand || attempt.browserFailed !== null ? 'filled' : 'default'}
        />
      </div>
      {browse.failure && <FailurePanel failure={browse.failure} onClose={browse.clear} />}
      {attempt.state === 'awaiting_redirect' && (
        <p className={textStyles.hint}>
          The answer comes to <code>{attempt.redirectUri}</code>
        </p>
      )}
      {attempt.state === 'awaiting_code' && attempt.forwardedTo !== null && (
        <>
          <p className={textStyles.hint}>
            If you own that address, it can send the answer on: Grantdesk listens at <code>{attempt.forwardedTo}</code>
          </p>
          <Forwarding redirectUri={attempt.redirectUri} />
        </>
      )}
    </div>
  )
}

/** An answer is one line, however the field breaks it. */
function submitOnEnter(event: KeyboardEvent<HTMLTextAreaElement>) {
  if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
  event.preventDefault()
  event.currentTarget.form?.requestSubmit()
}

interface PasteAnswerProps {
  id: string
  /** Pasting is the way, not the way out. */
  awaited: boolean
  /** The service shows the code. */
  shown: boolean
}

function PasteAnswer({ id, awaited, shown }: PasteAnswerProps) {
  const answer = useCall('connect.answer')
  const [text, setText] = useState('')
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    if (awaited) field.current?.focus({ preventScroll: true })
  }, [awaited])

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (text.trim() === '' || answer.pending) return
    const taken = await answer.call({ id, text: text.trim() })
    if (taken.ok) setText('')
  }

  return (
    <form className={stepStyles.section} onSubmit={(event) => void submit(event)}>
      <Textarea
        ref={field}
        label={shown ? 'Code' : 'Code or redirected URL'}
        description={pasteWords(awaited, shown)}
        autosize
        minRows={awaited ? 2 : 1}
        maxRows={5}
        spellCheck={false}
        autoComplete="off"
        className={lookStyles.monoInput}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={submitOnEnter}
      />
      {answer.failure && <FailurePanel failure={answer.failure} onClose={answer.clear} />}
      <div>
        <Button
          type="submit"
          size={awaited ? 'sm' : 'xs'}
          variant={awaited ? 'filled' : 'default'}
          loading={answer.pending}
          disabled={text.trim() === ''}
        >
          Use this answer
        </Button>
      </div>
    </form>
  )
}

/** Where the service shows the code, the attempt's own words say so above. */
function pasteWords(awaited: boolean, shown: boolean): string | undefined {
  if (shown) return undefined
  return awaited
    ? 'Paste the whole address that you were sent to, or the code alone.'
    : 'If the browser is on another machine: paste what its address line shows at the end, or the code alone.'
}
