// Step 4: the attempt as it happens: what it waits for, what the person can do about it, every step as it is recorded.
import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { type Attempt, isWaiting } from '../../contract/attempt.ts'
import type { ClientAuthentication } from '../../contract/service.ts'
import { StepList } from '../flow/step-list.tsx'
import { useFlow } from '../flow/use-flow.ts'
import { Countdown } from '../kit/countdown.tsx'
import { FailurePanel } from '../kit/failure-panel.tsx'
import { StartPractice } from '../kit/start-practice.tsx'
import { ToneShape } from '../kit/state-badge.tsx'
import { useGrantdesk } from '../state/store.ts'
import { useCall } from '../state/use-call.ts'
import { AccountQuestion } from './account-question.tsx'
import { attemptWords } from './attempt-words.ts'
import { AuthorizationPanel } from './authorization-panel.tsx'
import classes from './connect.module.css'
import type { StepName } from './connect-draft.ts'
import { ConnectedSummary } from './connected-summary.tsx'
import { DevicePanel } from './device-panel.tsx'
import { OtherWays } from './other-ways.tsx'

interface WatchStepProps {
  /** The attempt as `connect.start` answered it; the store has its later states. */
  started: Attempt
  /** The connection that is reconnected, if any. */
  reconnect: string | null
  /** Whether the person opens the browser. */
  byHand: boolean
  retrying: boolean
  onRetry: () => void
  onGo: (step: StepName) => void
  onTryAuthentication: (method: ClientAuthentication) => void
  /** Another grant of the service works where this one does not. */
  onUseInstead: (grantId: string) => void
  onDone: (connectionId: string) => void
  onClose: () => void
}

export function WatchStep(props: WatchStepProps) {
  const { started, reconnect, byHand, retrying, onRetry, onGo, onDone, onClose } = props
  const attempt = useLatest(started)
  const { flow } = useFlow(attempt.flowId)
  const cancel = useCall('connect.cancel')
  const client = useGrantdesk((state) => state.clients.find((one) => one.id === attempt.clientId))
  useWatched(attempt.id)

  return (
    <div className={classes.form}>
      <div className={classes.body}>
        <Status attempt={attempt} byHand={byHand} />
        {'authorizationUrl' in attempt && <AuthorizationPanel attempt={attempt} byHand={byHand} />}
        {attempt.state === 'awaiting_device' && <DevicePanel attempt={attempt} />}
        {attempt.state === 'asking_account' && <AccountQuestion attempt={attempt} />}
        {attempt.state === 'done' && <ConnectedSummary connectionId={attempt.connectionId} reconnect={reconnect} />}
        {attempt.state === 'failed' && attempt.failure.kind !== 'cancelled' && (
          <FailurePanel failure={attempt.failure}>
            {client && <StartPractice failure={attempt.failure} client={client} />}
            <OtherWays failure={attempt.failure} {...props} />
          </FailurePanel>
        )}
        {cancel.failure && <FailurePanel failure={cancel.failure} onClose={cancel.clear} />}
        <section className={classes.watched} aria-label="What happens">
          <h2>What happens</h2>
          {flow && flow.steps.length > 0 ? (
            <StepList steps={flow.steps} />
          ) : (
            <p className={classes.quiet}>The steps appear here as they are taken.</p>
          )}
        </section>
      </div>
      <footer className={classes.foot}>
        {isWaiting(attempt) && (
          <Button variant="default" loading={cancel.pending} onClick={() => void cancel.call({ id: attempt.id })}>
            Cancel
          </Button>
        )}
        {attempt.state === 'failed' && (
          <>
            <Button variant="default" onClick={onClose}>
              Close
            </Button>
            <span className={classes.spacer} />
            <Button variant="default" onClick={() => onGo('client')}>
              Change the client
            </Button>
            <Button variant="default" onClick={() => onGo('grant')}>
              Back
            </Button>
            <Button loading={retrying} onClick={onRetry}>
              Try again
            </Button>
          </>
        )}
        {attempt.state === 'done' && (
          <>
            <span className={classes.spacer} />
            <Button ref={focusOnce} onClick={() => onDone(attempt.connectionId)}>
              Show connection
            </Button>
          </>
        )}
      </footer>
    </div>
  )
}

function focusOnce(button: HTMLButtonElement | null) {
  button?.focus({ preventScroll: true })
}

/** Lets the rest of the window know that this attempt is on screen. */
function useWatched(id: string) {
  const watch = useGrantdesk((state) => state.watch)
  useEffect(() => {
    watch(id)
    return () => watch(null)
  }, [watch, id])
}

/** The newest state known; an attempt that the host has forgotten stays as it was seen last. */
function useLatest(started: Attempt): Attempt {
  const seen = useRef(started)
  const current = useGrantdesk((state) => state.attempts.find((one) => one.id === started.id))
  if (current) seen.current = current
  return seen.current
}

function Status({ attempt, byHand }: { attempt: Attempt; byHand: boolean }) {
  const { title, sentence, tone } = attemptWords(attempt, byHand)
  return (
    <div className={classes.status} role="status">
      <ToneShape tone={tone} size={14} />
      <div>
        <p className={classes.statusTitle}>{title}</p>
        {sentence !== '' && <p className={classes.quiet}>{sentence}</p>}
      </div>
      {'closesAt' in attempt && (
        <span className={classes.closes} aria-live="off">
          open for <Countdown at={attempt.closesAt} />
        </span>
      )}
    </div>
  )
}
