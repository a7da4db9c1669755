// The next actions for an attempt: cancel it while it waits, correct and repeat it if it failed, or open the new connection.
import { Button } from '@mantine/core'
import { type Attempt, isWaiting } from '../../contract/attempt.ts'
import type { Failure } from '../../contract/failure.ts'
import type { Grant } from '../../contract/service.ts'
import type { StepName } from './connect-draft.ts'
import stepStyles from './step.module.css'

interface WatchFootProps {
  attempt: Attempt
  grant: Grant | undefined
  retype: StepName | null
  retrying: boolean
  cancelling: boolean
  onCancel: () => void
  onRetry: () => void
  onGo: (step: StepName) => void
  onDone: (connectionId: string) => void
  onClose: () => void
}

export function WatchFoot(props: WatchFootProps) {
  const { attempt, cancelling, onCancel, onDone } = props
  if (attempt.state === 'failed') return <Failed {...props} failure={attempt.failure} />
  if (attempt.state === 'exchanging' || attempt.state === 'identifying') return null
  return (
    <footer className={stepStyles.foot}>
      {isWaiting(attempt) && (
        <Button variant="default" loading={cancelling} onClick={onCancel}>
          Cancel
        </Button>
      )}
      {attempt.state === 'asking_account' && (
        <Button variant="default" onClick={props.onClose}>
          Decide later
        </Button>
      )}
      {attempt.state === 'done' && (
        <>
          <span className={stepStyles.spacer} />
          <Button ref={focusOnce} onClick={() => onDone(attempt.connectionId)}>
            Show connection
          </Button>
        </>
      )}
    </footer>
  )
}

function Failed(props: WatchFootProps & { failure: Failure }) {
  const { failure, grant, retype, retrying, onRetry, onGo, onClose } = props
  /** The failure itself offers what is likelier to help. */
  const elsewhere = failure.kind === 'not_supported' && failure.insteadGrant !== undefined
  const byHand = grant?.type === 'static_token'
  return (
    <footer className={stepStyles.foot}>
      <Button variant="default" onClick={onClose}>
        Close
      </Button>
      <span className={stepStyles.spacer} />
      <Button variant="default" onClick={() => onGo('client')}>
        {byHand ? 'Change the token' : 'Change the client'}
      </Button>
      {!byHand && (
        <Button variant="default" onClick={() => onGo('grant')}>
          Back
        </Button>
      )}
      {/* What was handed over is forgotten: it cannot be sent again before it is typed again. */}
      {retype === null ? (
        <Button variant={elsewhere ? 'default' : 'filled'} loading={retrying} onClick={onRetry}>
          {failure.kind === 'cut_off' ? 'Connect again' : 'Try again'}
        </Button>
      ) : (
        !byHand && <Button onClick={() => onGo(retype)}>Enter the password again</Button>
      )}
    </footer>
  )
}

function focusOnce(button: HTMLButtonElement | null) {
  button?.focus({ preventScroll: true })
}
