// A diagnosis: what is wrong, the bytes that show it, what to do, and the buttons that do it here.
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { Failure } from '../../contract/failure.ts'
import type { Diagnosis, ReconnectChanges } from '../../contract/flow/diagnosis.ts'
import panelStyles from '../kit/failure-panel.module.css'
import { OpenPage } from '../kit/open-page.tsx'
import classes from './diagnosis-panel.module.css'
import { EvidenceTable, type StepNumbers } from './evidence-table.tsx'
import { type DiagnosedFlow, RemedyButtons } from './remedy-buttons.tsx'

interface DiagnosesProps {
  flow: DiagnosedFlow
  /** At least one, the surest first. */
  diagnoses: Diagnosis[]
  /** The failure that they explain: its own sentence stands below the first. */
  failure?: Failure | null
  numbers: StepNumbers
  /** Shows an event in the diagram or list. */
  onShow?: (eventId: string) => void
  onReconnect?: (changes: ReconnectChanges) => void
  /** Further buttons of the place where it stands. */
  children?: ReactNode
}

/** The surest diagnosis in full; the others open at a click. */
export function Diagnoses({ diagnoses, failure = null, children, ...rest }: DiagnosesProps) {
  const [all, setAll] = useState(false)
  const [first, ...others] = diagnoses
  if (first === undefined) return null
  return (
    <div className={classes.diagnoses}>
      <DiagnosisPanel {...rest} diagnosis={first} failure={failure}>
        {children}
      </DiagnosisPanel>
      {others.length > 0 && (
        <button type="button" className={classes.more} aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Show less' : `Also noticed: ${others.map(({ title }) => title).join(' ')}`}
        </button>
      )}
      {all && others.map((one) => <DiagnosisPanel key={one.rule} {...rest} diagnosis={one} failure={null} />)}
    </div>
  )
}

interface DiagnosisPanelProps extends Omit<DiagnosesProps, 'diagnoses'> {
  diagnosis: Diagnosis
  failure: Failure | null
}

function DiagnosisPanel({ diagnosis, failure, flow, numbers, onShow, onReconnect, children }: DiagnosisPanelProps) {
  const { weight, title, explanation, evidence, remedy, actions, specification } = diagnosis
  const isOdd = weight === 'odd'
  const Icon = isOdd ? IconInfoCircle : IconAlertTriangle
  return (
    <section
      className={`${panelStyles.panel} ${classes.panel}`}
      data-weight={weight}
      aria-label="Diagnosis"
      data-rule={diagnosis.rule}
    >
      <Icon size={16} className={`${panelStyles.icon} ${classes.icon}`} aria-hidden="true" />
      <div className={panelStyles.body}>
        <p className={panelStyles.title} role={isOdd ? undefined : 'alert'}>
          {weight === 'likely' && <span className={classes.likely}>Likely: </span>}
          {title}
        </p>
        {explanation !== '' && <p>{explanation}</p>}
        {failure !== null && failure.message !== title && <p className={classes.failure}>{failure.message}</p>}
        <EvidenceTable evidence={evidence} numbers={numbers} onShow={onShow} />
        <p className={panelStyles.remedy}>{remedy}</p>
        <div className={`${panelStyles.actions} ${classes.actions}`}>
          <RemedyButtons flow={flow} actions={actions} onReconnect={onReconnect} />
          {children}
          {specification && (
            <span className={classes.specification}>
              <OpenPage url={specification.url} label={`${specification.name} §${specification.section}`} />
            </span>
          )}
        </div>
      </div>
    </section>
  )
}
