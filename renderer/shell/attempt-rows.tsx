// The attempts in the left column: those under way, so that the person can return to one that waits for the browser, and those
// that were cut off when Grantdesk stopped during their token request.
import { type Attempt, isCutOff, isUnderWay, isWaiting } from '../../contract/attempt.ts'
import { Countdown } from '../kit/countdown.tsx'
import { ToneShape } from '../kit/state-badge.tsx'
import { reconnects } from '../state/attempts.ts'
import { useGrantdesk } from '../state/store.ts'
import classes from './attempt-rows.module.css'
import row from './connection-list.module.css'

function AttemptRow({ attempt }: { attempt: Attempt }) {
  const service = useGrantdesk((state) => state.services.find((one) => one.id === attempt.serviceId)?.name)
  const reconnected = useGrantdesk((state) => {
    const id = reconnects(attempt, state.flows)
    return state.connections.find((one) => one.id === id)?.name
  })
  const current = useGrantdesk((state) => state.watchedAttemptId === attempt.id)
  const go = useGrantdesk((state) => state.go)
  const showList = useGrantdesk((state) => state.showList)
  return (
    <li>
      <button
        type="button"
        className={row.row}
        aria-current={current ? 'page' : undefined}
        onClick={() => (current ? showList(false) : go({ name: 'connect', attempt: attempt.id }))}
      >
        <ToneShape tone={isCutOff(attempt) ? 'bad' : 'busy'} />
        <span className={row.name}>
          {reconnected === undefined ? `Connecting ${service ?? attempt.serviceId}` : `Reconnecting ${reconnected}`}
        </span>
        <span className={row.state}>
          {isWaiting(attempt) ? <Countdown at={attempt.closesAt} /> : isCutOff(attempt) ? 'cut off' : '…'}
        </span>
      </button>
    </li>
  )
}

export function AttemptRows() {
  const attempts = useGrantdesk((state) => state.attempts)
  const open = attempts.filter((attempt) => isUnderWay(attempt) || isCutOff(attempt))
  if (open.length === 0) return null
  return (
    <ul className={classes.attempts} aria-label="Attempts">
      {open.map((attempt) => (
        <AttemptRow key={attempt.id} attempt={attempt} />
      ))}
    </ul>
  )
}
