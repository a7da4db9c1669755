// The end of a connection that came about: who it is, until when, and whether all scopes were granted.
import { missingScopes } from '../../contract/connection.ts'
import { Countdown } from '../kit/countdown.tsx'
import { countWords } from '../kit/format.ts'
import { Notice } from '../kit/notice.tsx'
import { WorkspaceChoice } from '../kit/workspace-choice.tsx'
import { anotherAccountWords } from '../state/attempts.ts'
import { useGrantdesk } from '../state/store.ts'
import classes from './connect.module.css'

interface ConnectedSummaryProps {
  connectionId: string
  /** The connection that was to be reconnected, if any. */
  reconnect: string | null
}

export function ConnectedSummary({ connectionId, reconnect }: ConnectedSummaryProps) {
  const connection = useGrantdesk((state) => state.connections.find((one) => one.id === connectionId))
  const before = useGrantdesk((state) => state.connections.find((one) => one.id === reconnect))
  if (!connection) return null
  const missing = missingScopes(connection.scopes)
  return (
    <>
      {before && before.id !== connectionId && (
        <Notice>{anotherAccountWords(connection.account?.name ?? null, before.name)}</Notice>
      )}
      <dl className={classes.summary}>
        <div>
          <dt>Connection</dt>
          <dd>{connection.name}</dd>
        </div>
        <div>
          <dt>Account</dt>
          <dd>
            {connection.account?.name ?? 'the service does not say'}
            {connection.actsAs && `, acts as ${connection.actsAs}`}
          </dd>
        </div>
        {connection.workspaces.length > 1 && (
          <div>
            <dt>Workspace</dt>
            <dd>
              <WorkspaceChoice connection={connection} />
            </dd>
          </div>
        )}
        {connection.workspaces.length <= 1 && connection.workspace && (
          <div>
            <dt>Workspace</dt>
            <dd>{connection.workspace.name}</dd>
          </div>
        )}
        <div>
          <dt>Expires</dt>
          <dd>
            <Countdown at={connection.expiresAt} />
            {connection.refreshable ? ', refreshable' : ''}
          </dd>
        </div>
        <div>
          <dt>Scopes</dt>
          <dd>{scopeWords(connection.scopes.granted, connection.scopes.requested.length, missing)}</dd>
        </div>
      </dl>
    </>
  )
}

function scopeWords(granted: string[] | null, requested: number, missing: string[]): string {
  if (granted === null) return `${countWords(requested, 'scope')} requested; the response named none, so unconfirmed`
  if (missing.length > 0) return `${countWords(granted.length, 'scope')} granted; missing: ${missing.join(', ')}`
  return `${countWords(granted.length, 'scope')} granted`
}
