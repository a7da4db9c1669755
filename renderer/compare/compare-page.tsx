// Two flows side by side, step by step: what differs is marked, what is new in every flow is folded away.
import { Button, Switch } from '@mantine/core'
import { useState } from 'react'
import { type ComparedStep, compareFlows, type Difference } from '../../contract/flow/compare/compare.ts'
import { comparisonSentence } from '../../contract/flow/compare/words.ts'
import type { FlowEvent } from '../../contract/flow/event.ts'
import type { KeptFlow } from '../../contract/flow/flow.ts'
import { flowOutcomeWords } from '../../contract/flow/outcome-words.ts'
import { eventStatus, eventTitle, flowTitle } from '../../contract/flow/words.ts'
import { flowTones } from '../flow/flow-view.tsx'
import { useFlow } from '../flow/use-flow.ts'
import { RelativeTime } from '../kit/countdown.tsx'
import { FailurePanel } from '../kit/failure-panel.tsx'
import { Page } from '../kit/page.tsx'
import { RecordedText } from '../kit/recorded-text.tsx'
import { ToneBadge } from '../kit/state-badge.tsx'
import textStyles from '../kit/text.module.css'
import { useGrantdesk } from '../state/store.ts'
import classes from './compare-page.module.css'

interface ComparePageProps {
  /** The flow to compare with, by convention one that worked. */
  left: string
  right: string
}

export function ComparePage({ left, right }: ComparePageProps) {
  const one = useFlow(left)
  const other = useFlow(right)
  const go = useGrantdesk((state) => state.go)
  const openFlow = useGrantdesk((state) => state.openFlow)
  const [all, setAll] = useState(false)
  const back = () => {
    go({ name: 'flows' })
    openFlow(right)
  }
  const failure = one.failure ?? other.failure
  return (
    <Page
      title="Compare"
      actions={
        <>
          <Switch
            size="xs"
            label="What is new in every flow"
            checked={all}
            onChange={(event) => setAll(event.currentTarget.checked)}
          />
          <Button size="xs" variant="default" onClick={back}>
            Back to the flow
          </Button>
        </>
      }
    >
      <div className={classes.page}>
        {failure && <FailurePanel failure={failure} title="These flows cannot be compared." />}
        {one.flow && other.flow && <Compared left={one.flow} right={other.flow} all={all} />}
        {!failure && !(one.flow && other.flow) && (
          <p className={textStyles.quiet} role="status">
            Loading the flows …
          </p>
        )}
      </div>
    </Page>
  )
}

function Compared({ left, right, all }: { left: KeptFlow; right: KeptFlow; all: boolean }) {
  const comparison = compareFlows(left.events, right.events)
  return (
    <>
      <p className={classes.sentence} role="status">
        <RecordedText text={comparisonSentence(comparison, 'the left one', 'the right one')} />
      </p>
      <table className={classes.table} aria-label="Steps of both flows">
        <thead>
          <tr>
            <FlowHead flow={left} />
            <FlowHead flow={right} />
          </tr>
        </thead>
        <tbody>
          {comparison.steps.map((step) => (
            <StepRows
              key={`${step.left?.id} ${step.right?.id}`}
              step={step}
              isFirst={step === comparison.first?.step}
              all={all}
            />
          ))}
        </tbody>
      </table>
    </>
  )
}

function FlowHead({ flow }: { flow: KeptFlow }) {
  return (
    <th scope="col">
      <span className={classes.title}>{flowTitle(flow)}</span>
      <ToneBadge tone={flowTones[flow.outcome]} word={flowOutcomeWords[flow.outcome].toLowerCase()} />
      <span className={textStyles.dim}>
        <RelativeTime at={flow.startedAt} />
      </span>
    </th>
  )
}

function StepRows({ step, isFirst, all }: { step: ComparedStep; isFirst: boolean; all: boolean }) {
  const { left, right, differences, same } = step
  const shown = differences.filter(({ expected }) => all || !expected)
  return (
    <>
      <tr className={classes.step} data-same={same || undefined} data-first={isFirst || undefined}>
        <Cell event={left} />
        <Cell event={right} />
      </tr>
      {shown.map((difference) => (
        <DifferenceRow key={difference.name} difference={difference} />
      ))}
    </>
  )
}

function Cell({ event }: { event: FlowEvent | null }) {
  if (event === null) return <td className={classes.missing}>not there</td>
  const status = eventStatus(event)
  return (
    <td>
      {eventTitle(event)}
      {status !== null && <span className={classes.status}>{status}</span>}
    </td>
  )
}

function DifferenceRow({ difference: { name, left, right, expected } }: { difference: Difference }) {
  return (
    <tr className={classes.difference} data-expected={expected || undefined}>
      {[left, right].map((value, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two sides, which never change places
        <td key={index}>
          <span className={classes.name}>{name}</span>
          <span className={classes.value} translate="no">
            {value === null ? <em>missing</em> : <RecordedText text={value} />}
          </span>
        </td>
      ))}
    </tr>
  )
}
