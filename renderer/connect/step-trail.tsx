// Where the person is among the four steps; steps behind them can be gone back to.
import { IconCheck } from '@tabler/icons-react'
import classes from './connect.module.css'
import { type StepName, steps } from './connect-draft.ts'

const words: Record<StepName, string> = {
  service: 'Service',
  client: 'Client',
  grant: 'Grant and scopes',
  watch: 'Watch it happen',
}

interface StepTrailProps {
  step: StepName
  onGo: (step: StepName) => void
}

export function StepTrail({ step, onGo }: StepTrailProps) {
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
