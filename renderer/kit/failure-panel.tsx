// Shows a failure: what happened, whose answer it was in its own words, what to do next.
import { CloseButton } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Failure } from '../../contract/failure.ts'
import classes from './failure-panel.module.css'

const parties = {
  authorization_endpoint: 'the authorization endpoint',
  token_endpoint: 'the token endpoint',
  revocation_endpoint: 'the revocation endpoint',
  api: 'the API',
} as const

/** Whose answer a failure is and what it said, as label and value; empty where nobody answered. */
export function failureFacts(failure: Failure): [label: string, value: string][] {
  const facts: [string, string][] = []
  if (failure.kind === 'refused') {
    facts.push(['Answered by', parties[failure.by]])
    if (failure.status !== null) facts.push(['Status', String(failure.status)])
    if (failure.error) facts.push(['error', failure.error])
    if (failure.errorDescription) facts.push(['error_description', failure.errorDescription])
  }
  if (failure.kind === 'unexpected_answer' && failure.status !== null) facts.push(['Status', String(failure.status)])
  if (failure.kind === 'network' && failure.code) facts.push(['Code', failure.code])
  if (failure.kind === 'internal') facts.push(['Incident', failure.incident])
  if (failure.kind === 'invalid_input') {
    for (const issue of failure.issues) {
      if (issue.message !== failure.message) facts.push([issue.path || 'Input', issue.message])
    }
  }
  return facts
}

interface FailurePanelProps {
  failure: Failure
  /** What was tried, for the heading: "Refresh failed". The failure's own sentence where absent. */
  title?: string
  /** Puts the panel away. */
  onClose?: () => void
  /** The next actions, as buttons. */
  children?: ReactNode
}

/** Says in full what failed and offers what to do next. */
export function FailurePanel({ failure, title, onClose, children }: FailurePanelProps) {
  const facts = failureFacts(failure)
  return (
    <div className={classes.panel} role="alert">
      <IconAlertTriangle size={16} className={classes.icon} aria-hidden="true" />
      <div className={classes.body}>
        <p className={classes.title}>{title ?? failure.message}</p>
        {title && <p>{failure.message}</p>}
        {facts.length > 0 && (
          <dl className={classes.facts}>
            {facts.map(([label, value]) => (
              <div key={`${label} ${value}`}>
                <dt>{label}</dt>
                <dd translate="no">{value}</dd>
              </div>
            ))}
          </dl>
        )}
        {failure.remedy && <p className={classes.remedy}>{failure.remedy}</p>}
        {children && <div className={classes.actions}>{children}</div>}
      </div>
      {onClose && <CloseButton size="sm" aria-label="Dismiss" onClick={onClose} />}
    </div>
  )
}
