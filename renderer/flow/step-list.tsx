// The steps of a flow in their order; each opens to its full request and response. The one that failed is open from the start.
import {
  IconAlertTriangle,
  IconArrowNarrowRight,
  IconCheck,
  IconChevronRight,
  IconInfoCircle,
  IconLoader2,
} from '@tabler/icons-react'
import { useId, useState } from 'react'
import type { Step } from '../../contract/flow.ts'
import { durationText } from '../code/body-text.ts'
import { Exchange } from './exchange.tsx'
import classes from './flow.module.css'
import { partyWords, shortUrl, stepOutcomeWords } from './words.ts'

const marks = {
  running: IconLoader2,
  succeeded: IconCheck,
  failed: IconAlertTriangle,
  noted: IconInfoCircle,
}

export function StepList({ steps }: { steps: Step[] }) {
  const lastFailed = steps.findLast((step) => step.outcome === 'failed')
  return (
    <ol className={classes.steps} aria-label="Steps">
      {steps.map((step, index) => (
        <StepRow key={step.id} step={step} number={index + 1} openAtFirst={step === lastFailed} />
      ))}
    </ol>
  )
}

interface StepRowProps {
  step: Step
  number: number
  openAtFirst: boolean
}

function StepRow({ step, number, openAtFirst }: StepRowProps) {
  const [chosen, setChosen] = useState<boolean | null>(null)
  const open = chosen ?? openAtFirst
  const region = useId()
  const Mark = marks[step.outcome]
  return (
    <li className={classes.step} data-outcome={step.outcome}>
      <button
        type="button"
        className={classes.row}
        aria-expanded={open}
        aria-controls={open ? region : undefined}
        onClick={() => setChosen(!open)}
      >
        <IconChevronRight className={classes.chevron} size={14} aria-hidden />
        <span className={classes.number}>{number}</span>
        <Mark className={classes.mark} size={15} role="img" aria-label={stepOutcomeWords[step.outcome]} />
        <span className={classes.what}>
          <span className={classes.title}>{step.title}</span>
          {step.request && (
            <span className={classes.address}>
              {step.request.method} {shortUrl(step.request.url)}
            </span>
          )}
        </span>
        <span className={classes.parties}>
          {partyWords[step.from]}
          <IconArrowNarrowRight size={14} role="img" aria-label="to" />
          {partyWords[step.to]}
        </span>
        <span className={classes.status}>{step.response?.status ?? ''}</span>
        <span className={classes.time}>{step.ms === null ? '' : durationText(step.ms)}</span>
      </button>
      {open && (
        <section id={region} className={classes.opened} aria-label={`Step ${number}: ${step.title}`}>
          <Exchange step={step} />
        </section>
      )}
    </li>
  )
}
