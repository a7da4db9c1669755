// Attempts that are still running while another one could be started.
import { Button } from '@mantine/core'
import { type Attempt, isUnderWay } from '../../contract/attempt.ts'
import type { ServiceView } from '../../contract/service.ts'
import { useGrantdesk } from '../state/store.ts'
import { attemptWords } from './attempt-words.ts'
import classes from './under-way.module.css'

interface UnderWayProps {
  services: ServiceView[]
  onResume: (attempt: Attempt) => void
}

export function UnderWay({ services, onResume }: UnderWayProps) {
  const attempts = useGrantdesk((state) => state.attempts)
  const open = attempts.filter(isUnderWay)
  if (open.length === 0) return null
  return (
    <ul className={classes.underWay} aria-label="Attempts under way">
      {open.map((attempt) => (
        <li key={attempt.id}>
          <span>
            <strong>{services.find((one) => one.id === attempt.serviceId)?.name ?? attempt.serviceId}</strong>
            {': '}
            {attemptWords(attempt).title}
          </span>
          <Button size="xs" variant="default" onClick={() => onResume(attempt)}>
            Go on with it
          </Button>
        </li>
      ))}
    </ul>
  )
}
