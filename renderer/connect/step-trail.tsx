// Where the person is among the four steps; steps behind them can be gone back to.
import { IconCheck } from '@tabler/icons-react'
import type { ServiceView } from '../../contract/service.ts'
import { type StepName, steps } from './connect-draft.ts'
import classes from './step-trail.module.css'

/** The steps as they are called for this service and grant. */
function stepWords(service: ServiceView | undefined, grantId: string): Record<StepName, string> {
  const byHand = service?.grants.find(({ id }) => id === grantId)?.type === 'static_token'
  const second = byHand ? 'token' : 'client'
  return {
    service: 'Service',
    client: (service?.grants.length ?? 0) > 1 ? `Grant and ${second}` : byHand ? 'Token' : 'Client',
    grant: byHand ? 'Details' : 'Scopes',
    watch: 'Watch it happen',
  }
}

interface StepTrailProps {
  step: StepName
  service: ServiceView | undefined
  grantId: string
  onGo: (step: StepName) => void
}

export function StepTrail({ step, service, grantId, onGo }: StepTrailProps) {
  const words = stepWords(service, grantId)
  const at = steps.indexOf(step)
  return (
    <ol className={classes.trail} aria-label="Steps of connecting">
      {steps.map((one, index) => (
        <li key={one} aria-current={one === step ? 'step' : undefined} data-past={index < at || undefined}>
          {index < at && step !== 'watch' ? (
            <button type="button" onClick={() => onGo(one)}>
              <StepNumber index={index} past />
              {words[one]}
            </button>
          ) : (
            <span>
              <StepNumber index={index} past={index < at} />
              {words[one]}
            </span>
          )}
        </li>
      ))}
    </ol>
  )
}

function StepNumber({ index, past }: { index: number; past: boolean }) {
  return (
    <span className={classes.stepNumber}>
      {past ? <IconCheck size={12} role="img" aria-label="done" /> : index + 1}
    </span>
  )
}
