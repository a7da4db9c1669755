// The result of a new connection: account, workspace, expiry, and whether all scopes were granted.
import type { ReactNode } from 'react'
import { type ConnectionView, missingScopes } from '../../contract/connection.ts'
import { ExpiryCountdown } from '../kit/countdown.tsx'
import { FailurePanel } from '../kit/failure-panel.tsx'
import { countWords } from '../kit/format.ts'
import { Notice } from '../kit/notice.tsx'
import { TokenPlacementText } from '../kit/token-placement.tsx'
import { tokenWarningOf } from '../kit/token-warning.ts'
import { WorkspaceChoice } from '../kit/workspace-choice.tsx'
import { anotherAccountWords } from '../state/attempts.ts'
import { useGrantdesk } from '../state/store.ts'
import classes from './connected-summary.module.css'

interface ConnectedSummaryProps {
  connectionId: string
  /** The connection that was to be reconnected, where nobody has said yet that another was made. */
  reconnect: string | null
}

export function ConnectedSummary({ connectionId, reconnect }: ConnectedSummaryProps) {
  const connection = useGrantdesk((state) => state.connections.find((one) => one.id === connectionId))
  const before = useGrantdesk((state) => state.connections.find((one) => one.id === reconnect))
  if (!connection) return null
  const { account, actsAs, workspace, workspaces, grantType, bearer, refreshable, status, apiAnswer } = connection
  const warning = tokenWarningOf(connection)
  return (
    <>
      {before && before.id !== connectionId && (
        <Notice>{anotherAccountWords(account?.name ?? null, before.name)}</Notice>
      )}
      {status.kind === 'needs_attention' ? (
        <FailurePanel failure={status.failure} title="The tokens are kept, but the connection needs attention." />
      ) : (
        warning !== null && <Notice>{warning}</Notice>
      )}
      {workspace === null && workspaces.length > 1 && (
        <Notice>
          The tokens reach {countWords(workspaces.length, 'workspace')}, and requests need to say which one. Choose it
          below.
        </Notice>
      )}
      <dl className={classes.summary}>
        <Row name="Connection">{connection.name}</Row>
        <Row name="Account">{account?.name ?? 'the service does not say'}</Row>
        {apiAnswer?.of === 'test_path' && <Row name="Test path">{testPathWords(connection)}</Row>}
        {actsAs !== null && <Row name="Acts as">{actsAs}</Row>}
        {workspaces.length > 1 ? (
          <Row name="Workspace">
            <WorkspaceChoice connection={connection} />
          </Row>
        ) : (
          workspace && <Row name="Workspace">{workspace.name}</Row>
        )}
        <Row name={grantType === 'static_token' ? 'Ends' : 'Expires'}>
          <ExpiryCountdown connection={connection} />
          {refreshable ? ', refreshable' : ''}
        </Row>
        {grantType === 'static_token' ? (
          <Row name="Sent as">
            <TokenPlacementText placement={bearer} />
          </Row>
        ) : (
          <Row name="Scopes">{scopeWords(connection.scopes)}</Row>
        )}
      </dl>
    </>
  )
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function testPathWords({ testPath, apiAnswer }: ConnectionView): string {
  return `${testPath} answered ${apiAnswer?.status}${apiAnswer?.why === null ? ': the token works' : ''}`
}

/** What was granted, beside what was asked for. */
export function scopeWords(scopes: ConnectionView['scopes']): string {
  const { requested, granted } = scopes
  if (granted === null) {
    if (requested.length === 0) return 'none asked for, and the response named none'
    return `${countWords(requested.length, 'scope')} asked for; the response named none, so unconfirmed`
  }
  const missing = missingScopes(scopes)
  if (missing.length === 0) return `${countWords(granted.length, 'scope')} granted`
  return `${granted.length} of ${countWords(requested.length, 'scope')} granted; missing: ${missing.join(', ')}`
}
