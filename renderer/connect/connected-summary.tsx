// The end of a connection that came about: who it is, until when, and whether all scopes were granted.
import { missingScopes } from '../../contract/connection.ts'
import { Countdown } from '../kit/countdown.tsx'
import { countWords } from '../kit/format.ts'
import { useGrantdesk } from '../state/store.ts'
import classes from './connect.module.css'

export function ConnectedSummary({ connectionId }: { connectionId: string }) {
  const connection = useGrantdesk((state) => state.connections.find((one) => one.id === connectionId))
  if (!connection) return null
  const missing = missingScopes(connection.scopes)
  return (
    <dl className={classes.summary}>
      <div>
        <dt>Connection</dt>
        <dd>{connection.name}</dd>
      </div>
      <div>
        <dt>Account</dt>
        <dd>{connection.account?.name ?? 'the service does not say'}</dd>
      </div>
      {connection.workspace && (
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
  )
}

function scopeWords(granted: string[] | null, requested: number, missing: string[]): string {
  if (granted === null) return `${countWords(requested, 'scope')} requested; the response named none, so unconfirmed`
  if (missing.length > 0) return `${countWords(granted.length, 'scope')} granted; missing: ${missing.join(', ')}`
  return `${countWords(granted.length, 'scope')} granted`
}
