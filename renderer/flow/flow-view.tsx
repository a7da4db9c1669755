// One flow: what was attempted, how it ended, and every event in its order, with its full request and response.
import { type ReactNode, useMemo, useState } from 'react'
import type { Diagnosis } from '../../contract/flow/diagnosis.ts'
import { stepNumbers } from '../../contract/flow/diagram/step-numbers.ts'
import { elapsedText } from '../../contract/flow/elapsed.ts'
import { type Flow, type FlowSummary, isImported, type KeptFlow } from '../../contract/flow/flow.ts'
import { flowOutcomeWords } from '../../contract/flow/outcome-words.ts'
import { flowTitle, missingWords } from '../../contract/flow/words.ts'
import { Diagnoses } from '../diagnosis/diagnosis-panel.tsx'
import { evidenceOf } from '../diagnosis/evidence-of.ts'
import { useDiagnoses } from '../diagnosis/use-diagnoses.ts'
import { RelativeTime } from '../kit/countdown.tsx'
import { EmptyState } from '../kit/empty-state.tsx'
import { FailurePanel } from '../kit/failure-panel.tsx'
import { countWords } from '../kit/format.ts'
import { OpenPage } from '../kit/open-page.tsx'
import { type Tone, ToneBadge } from '../kit/state-badge.tsx'
import textStyles from '../kit/text.module.css'
import { useGrantdesk } from '../state/store.ts'
import { CompareButton } from './compare-button.tsx'
import type { Focus } from './event-list.tsx'
import { FlowEvents } from './flow-events.tsx'
import classes from './flow-view.module.css'
import { useFlow } from './use-flow.ts'
import { flowKindWords } from './words.ts'

export const flowTones: Record<FlowSummary['outcome'], Tone> = {
  running: 'busy',
  succeeded: 'good',
  failed: 'bad',
  cancelled: 'off',
}

interface FlowViewProps {
  id: string
  /** What stands at the end of the title row: the column's own buttons. */
  children?: ReactNode
}

export function FlowView({ id, children }: FlowViewProps) {
  const { flow, failure } = useFlow(id)
  const { diagnoses } = useDiagnoses(flow)
  const [focus, setFocus] = useState<Focus | null>(null)
  const marked = useMemo(() => evidenceOf(diagnoses), [diagnoses])
  if (failure)
    return (
      <div className={classes.view}>
        <div className={classes.failure}>
          <FailurePanel failure={failure} title="This flow cannot be shown.">
            {children}
          </FailurePanel>
        </div>
      </div>
    )
  if (!flow)
    return (
      <p className={classes.loading} role="status">
        Loading the flow …
      </p>
    )
  return (
    <article className={classes.view} aria-label={`Flow: ${flowTitle(flow)}`}>
      <FlowHead flow={flow}>{children}</FlowHead>
      <Explanation flow={flow} diagnoses={diagnoses} onShow={(event) => setFocus({ event })} />
      {flow.missing > 0 && <p className={textStyles.text}>{missingWords(flow.missing)}</p>}
      {flow.events.length === 0 ? (
        <EmptyState title="No events" text="Nothing was sent or received." />
      ) : (
        <FlowEvents flow={flow} marked={marked} focus={focus} />
      )}
    </article>
  )
}

interface ExplanationProps {
  flow: Flow
  diagnoses: Diagnosis[]
  onShow: (eventId: string) => void
}

/** What the rules say of it, else the failure alone. */
function Explanation({ flow, diagnoses, onShow }: ExplanationProps) {
  const { failure } = flow
  if (failure === null && diagnoses.length === 0) return null
  // A file that was imported may name any address.
  const page = failure?.kind === 'cut_off' && !isImported(flow) ? failure.page : undefined
  const further = page !== undefined && <OpenPage url={page} label="Open the service’s page" />
  return (
    <div className={classes.failure}>
      {diagnoses.length > 0 ? (
        <Diagnoses {...{ flow, diagnoses, failure, onShow }} numbers={stepNumbers(flow.events)}>
          {further}
        </Diagnoses>
      ) : (
        failure && <FailurePanel failure={failure}>{further}</FailurePanel>
      )}
    </div>
  )
}

function FlowHead({ flow, children }: { flow: KeptFlow; children?: ReactNode }) {
  const service = useGrantdesk((state) => state.services.find((one) => one.id === flow.serviceId)?.name)
  return (
    <header className={classes.head}>
      <div className={classes.headline}>
        <h2>{flowTitle(flow)}</h2>
        <ToneBadge tone={flowTones[flow.outcome]} word={flowOutcomeWords[flow.outcome].toLowerCase()} />
        <span className={classes.spacer} />
        <CompareButton flow={flow} />
        {children}
      </div>
      <p className={classes.facts}>
        <span>{flowKindWords[flow.kind]}</span>
        {service !== undefined && <span>{service}</span>}
        <span>
          <RelativeTime at={flow.startedAt} />
        </span>
        {flow.endedAt !== null && <span>took {elapsedText(flow.endedAt - flow.startedAt)}</span>}
        <span>{countWords(flow.events.length, 'event')}</span>
        {flow.about.importedFrom !== null && <span>imported from {flow.about.importedFrom}</span>}
        <span>secrets replaced by pseudonyms</span>
      </p>
    </header>
  )
}
