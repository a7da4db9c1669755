// Step 4: the attempt as it happens: what it waits for, what the person can do about it, every step as it is recorded.
import { Button } from '@mantine/core'
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { type AccountDecision, type Attempt, isCutOff } from '../../contract/attempt.ts'
import type { Failure } from '../../contract/failure.ts'
import type { Diagnosis, ReconnectChanges } from '../../contract/flow/diagnosis.ts'
import { stepNumbers } from '../../contract/flow/diagram/step-numbers.ts'
import type { Flow } from '../../contract/flow/flow.ts'
import type { ClientAuthentication, Grant, Pkce } from '../../contract/service.ts'
import { Diagnoses } from '../diagnosis/diagnosis-panel.tsx'
import { evidenceOf } from '../diagnosis/evidence-of.ts'
import { offeredOnce } from '../diagnosis/offered-once.ts'
import { useDiagnoses } from '../diagnosis/use-diagnoses.ts'
import type { Focus } from '../flow/event-list.tsx'
import { FlowEvents } from '../flow/flow-events.tsx'
import { useFlow } from '../flow/use-flow.ts'
import { Countdown } from '../kit/countdown.tsx'
import { FailurePanel } from '../kit/failure-panel.tsx'
import { StartPractice } from '../kit/start-practice.tsx'
import { ToneShape } from '../kit/state-badge.tsx'
import textStyles from '../kit/text.module.css'
import { tokenWarningOf } from '../kit/token-warning.ts'
import { useGrantdesk } from '../state/store.ts'
import { useCall } from '../state/use-call.ts'
import { AccountQuestion } from './account-question.tsx'
import { type AttemptCircumstances, attemptWords } from './attempt-words.ts'
import { AuthorizationPanel } from './authorization-panel.tsx'
import type { StepName } from './connect-draft.ts'
import { ConnectedSummary } from './connected-summary.tsx'
import { DevicePanel } from './device-panel.tsx'
import { RetryOptions } from './retry-options.tsx'
import stepStyles from './step.module.css'
import { UnprovenError } from './unproven-error.tsx'
import { WatchFoot } from './watch-foot.tsx'
import classes from './watch-step.module.css'

interface WatchStepProps {
  /** The attempt as `connect.start` answered it; the store has its later states. */
  started: Attempt
  grant: Grant | undefined
  /** The connection that is reconnected, if any. */
  reconnect: string | null
  /** Whether the person opens the browser. */
  byHand: boolean
  /** The step where a secret has to be typed again before another try, if any. */
  retype: StepName | null
  retrying: boolean
  /** With the installation of an attempt that failed after it. */
  onRetry: (installation?: string) => void
  onGo: (step: StepName) => void
  onTryAuthentication: (method: ClientAuthentication, installation?: string) => void
  onTryPkce: (pkce: Pkce) => void
  /** Another grant of the service works where this one does not. */
  onUseInstead: (grantId: string) => void
  /** The same with what a diagnosis changes. */
  onReconnect: (changes: ReconnectChanges, installation?: string) => void
  /** Whether it is left as soon as it is connected. */
  leavesWhenDone: boolean
  onDone: (connectionId: string) => void
  onClose: () => void
}

export function WatchStep(props: WatchStepProps) {
  const { started, grant, reconnect, byHand } = props
  const attempt = useLatest(started)
  const { flow, failure: unread } = useFlow(attempt.flowId)
  const cancel = useCall('connect.cancel')
  const dismissal = useCall('connect.dismiss')
  const [decision, setDecision] = useState<AccountDecision | null>(null)
  const made = useGrantdesk((state) =>
    attempt.state === 'done' ? state.connections.find((one) => one.id === attempt.connectionId) : undefined,
  )
  const installation = attempt.state === 'failed' ? attempt.installation : undefined
  const { diagnoses, isAnswered } = useDiagnoses(flow)
  const [focus, setFocus] = useState<Focus | null>(null)
  const marked = useMemo(() => evidenceOf(diagnoses), [diagnoses])
  useWatched(attempt.id)
  useLeaving(props.leavesWhenDone && attempt.state === 'done' ? attempt.connectionId : null, props.onDone)

  /** An app that is installed is not installed again for the sake of how the client authenticates. */
  function again(changes: ReconnectChanges) {
    const { clientAuthentication: _, ...others } = changes
    const isSame = Object.values(others).every((one) => one === undefined)
    props.onReconnect(changes, isSame ? installation : undefined)
  }

  async function putAway() {
    const answer = await dismissal.call({ id: attempt.id })
    if (answer.ok) props.onClose()
  }

  return (
    <div className={stepStyles.form}>
      <div className={`${stepStyles.body} ${classes.columns}`}>
        <div className={classes.told}>
          <Status
            attempt={attempt}
            byHand={byHand}
            installs={grant?.installation !== undefined}
            decision={decision}
            doubtful={made !== undefined && tokenWarningOf(made) !== null}
          />
          {attempt.state === 'awaiting_redirect' && attempt.unproven !== null && (
            <UnprovenError
              words={attempt.unproven}
              cancelling={cancel.pending}
              onCancel={() => void cancel.call({ id: attempt.id })}
            />
          )}
          {'authorizationUrl' in attempt && <AuthorizationPanel attempt={attempt} byHand={byHand} />}
          {attempt.state === 'awaiting_device' && <DevicePanel attempt={attempt} byHand={byHand} />}
          {attempt.state === 'asking_account' && <AccountQuestion attempt={attempt} onDecided={setDecision} />}
          {attempt.state === 'done' && decision !== 'discard' && (
            <ConnectedSummary connectionId={attempt.connectionId} reconnect={decision === null ? reconnect : null} />
          )}
          {attempt.state === 'done' && <Remarks {...{ flow, diagnoses }} onShow={(event) => setFocus({ event })} />}
          {attempt.state === 'failed' && (attempt.failure.kind !== 'cancelled' || diagnoses.length > 0) && (
            <Explained
              failure={attempt.failure}
              {...{ flow, diagnoses, onReconnect: again }}
              isAwaited={!isAnswered && unread === null}
              onShow={(event) => setFocus({ event })}
            >
              <StartPractice failure={attempt.failure} clientId={attempt.clientId} />
              <RetryOptions
                {...props}
                failure={offeredOnce(attempt.failure, diagnoses)}
                onTryAuthentication={(method) => props.onTryAuthentication(method, installation)}
              />
              {installation !== undefined && (
                <span className={textStyles.quiet}>The app is installed: another try asks for the token alone.</span>
              )}
              {isCutOff(attempt) && (
                <Button size="xs" variant="default" loading={dismissal.pending} onClick={() => void putAway()}>
                  Put away
                </Button>
              )}
            </Explained>
          )}
          {dismissal.failure && <FailurePanel failure={dismissal.failure} onClose={dismissal.clear} />}
          {cancel.failure && <FailurePanel failure={cancel.failure} onClose={cancel.clear} />}
        </div>
        <section className={classes.watched} aria-label="What happens">
          <h2>What happens</h2>
          {flow && flow.events.length > 0 ? (
            <FlowEvents flow={flow} marked={marked} focus={focus} />
          ) : (
            <p className={textStyles.quiet}>What happens appears here as it happens.</p>
          )}
        </section>
      </div>
      <WatchFoot
        {...props}
        attempt={attempt}
        onRetry={() => props.onRetry(installation)}
        cancelling={cancel.pending}
        onCancel={() => void cancel.call({ id: attempt.id })}
      />
    </div>
  )
}

interface ExplainedProps {
  failure: Failure
  flow: Flow | null
  diagnoses: Diagnosis[]
  /** Whether it is still asked what the rules say: buttons come when nothing takes their place any more. */
  isAwaited: boolean
  onReconnect: (changes: ReconnectChanges) => void
  onShow: (eventId: string) => void
  children: ReactNode
}

/** The failure as it is told, or the diagnosis that explains it. */
function Explained({ failure, flow, diagnoses, isAwaited, onReconnect, onShow, children }: ExplainedProps) {
  if (flow === null || diagnoses.length === 0)
    return <FailurePanel failure={failure}>{isAwaited ? null : children}</FailurePanel>
  const numbers = stepNumbers(flow.events)
  return <Diagnoses {...{ flow, diagnoses, failure, numbers, onReconnect, onShow }}>{children}</Diagnoses>
}

/** What is odd about a flow that went through. */
function Remarks({ flow, diagnoses, onShow }: Pick<ExplainedProps, 'flow' | 'diagnoses' | 'onShow'>) {
  return flow && <Diagnoses {...{ flow, diagnoses, onShow }} numbers={stepNumbers(flow.events)} />
}

/** Leaves once, as soon as there is a connection. */
function useLeaving(connectionId: string | null, onDone: (connectionId: string) => void) {
  const latest = useRef(onDone)
  latest.current = onDone
  useEffect(() => {
    if (connectionId !== null) latest.current(connectionId)
  }, [connectionId])
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

function Status({ attempt, ...circumstances }: { attempt: Attempt } & AttemptCircumstances) {
  const { title, sentence, tone } = attemptWords(attempt, circumstances)
  return (
    <div className={classes.status} role="status">
      <ToneShape tone={tone} size={14} />
      <div>
        <p className={classes.statusTitle}>{title}</p>
        {sentence !== '' && <p className={textStyles.quiet}>{sentence}</p>}
      </div>
      {'closesAt' in attempt && (
        <span className={classes.closes} aria-live="off">
          {attempt.state === 'awaiting_device' ? 'the code holds for' : 'open for'} <Countdown at={attempt.closesAt} />
        </span>
      )}
    </div>
  )
}
