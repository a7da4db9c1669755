// Requested, granted and reported by the API, side by side; what was asked for and did not come is marked.
import { Button, TextInput } from '@mantine/core'
import {
  IconAlertTriangle,
  IconCheck,
  IconMinus,
  IconPlugConnected,
  IconQuestionMark,
  IconSearch,
} from '@tabler/icons-react'
import { useState } from 'react'
import type { ConnectionView } from '../../contract/connection.ts'
import type { ServiceView } from '../../contract/service.ts'
import { EmptyState } from '../kit/empty-state.tsx'
import { FailurePanel } from '../kit/failure-panel.tsx'
import { ShowStartedFlow } from '../kit/show-flow.tsx'
import { useGrantdesk } from '../state/store.ts'
import { useCall } from '../state/use-call.ts'
import { isAlreadyShown } from './already-shown.ts'
import panelStyles from './panel.module.css'
import { compareScopes, type ScopeRow } from './scope-comparison.ts'
import { ScopeHistory } from './scope-history.tsx'
import classes from './scopes-tab.module.css'

/** From this many rows on, a search field helps more than it costs. */
const searchFrom = 15

interface ScopesTabProps {
  connection: ConnectionView
  service: ServiceView | undefined
}

export function ScopesTab({ connection, service }: ScopesTabProps) {
  const identify = useCall('connections.identify')
  const go = useGrantdesk((state) => state.go)
  const [search, setSearch] = useState('')
  const rows = compareScopes(connection.scopes, service)
  const shown = rows.filter((row) => `${row.value} ${row.description}`.toLowerCase().includes(search.toLowerCase()))
  const askable = (service?.identity.length ?? 0) > 0
  // What a static token may do was settled where it was made.
  const canChoose = service !== undefined && connection.clientId !== null

  return (
    <div className={panelStyles.panel}>
      <div className={classes.panelBar}>
        <p className={classes.summary}>{summary(rows, connection)}</p>
        <div className={classes.panelActions}>
          {askable && (
            <Button
              variant="default"
              size="xs"
              loading={connection.busy === 'identifying' || identify.pending}
              onClick={() => void identify.call({ id: connection.id })}
            >
              Ask the API
            </Button>
          )}
          {canChoose && (
            <Button
              variant="default"
              size="xs"
              leftSection={<IconPlugConnected size={14} aria-hidden />}
              onClick={() => go({ name: 'connect', reconnect: connection.id })}
            >
              Reconnect with other scopes
            </Button>
          )}
        </div>
      </div>
      {identify.failure && !isAlreadyShown(connection, identify.failure) && (
        <FailurePanel failure={identify.failure} onClose={identify.clear}>
          <ShowStartedFlow connectionId={connection.id} kind="identify" />
        </FailurePanel>
      )}
      {rows.length > searchFrom && (
        <TextInput
          size="xs"
          placeholder="Search scopes"
          aria-label="Search scopes"
          leftSection={<IconSearch size={14} aria-hidden />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      {rows.length === 0 ? (
        <EmptyState
          title="No scopes"
          text="None were requested, and the service named none. What the token may do is the service’s to say."
        />
      ) : (
        <ScopeTable rows={shown} />
      )}
      <ScopeHistory connection={connection} />
    </div>
  )
}

/** Who reported the scopes. */
function reporterOf({ scopes, introspection }: ConnectionView): string {
  const said = introspection?.scopes ?? null
  return said !== null && said.join(' ') === scopes.reported?.join(' ') ? 'introspection' : 'the API'
}

function summary(rows: ScopeRow[], connection: ConnectionView): string {
  const { scopes, grantType } = connection
  if (rows.length === 0) return ''
  const missing = rows.filter((row) => row.missing).length
  const byHand = grantType === 'static_token'
  const counts = [byHand ? 'Chosen where the token was made' : `${scopes.requested.length} requested`]
  if (byHand && scopes.granted === null) {
    if (scopes.reported !== null) counts.push(`${scopes.reported.length} reported by ${reporterOf(connection)}`)
    return `${counts.join(' · ')}.`
  }
  if (scopes.granted === null) counts.push('the token response named none, so what was granted is unconfirmed')
  else counts.push(`${scopes.granted.length} granted`)
  if (scopes.reported !== null) counts.push(`${scopes.reported.length} reported by ${reporterOf(connection)}`)
  counts.push(missing === 0 ? 'none missing' : `${missing} missing`)
  return `${counts.join(' · ')}.`
}

function ScopeTable({ rows }: { rows: ScopeRow[] }) {
  return (
    <table className={classes.scopes}>
      <thead>
        <tr>
          <th scope="col">Scope</th>
          <th scope="col">Requested</th>
          <th scope="col">Granted</th>
          <th scope="col">Reported by the API</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.value} data-missing={row.missing || undefined}>
            <th scope="row">
              <code>{row.value}</code>
              {row.description !== '' && <span className={classes.scopeWords}>{row.description}</span>}
              {row.missing && (
                <span className={classes.missing}>
                  <IconAlertTriangle size={13} aria-hidden /> Missing
                </span>
              )}
            </th>
            <td>{row.requested ? <Yes word="Requested" /> : <No word="Not requested" />}</td>
            <td>
              <GrantedMark granted={row.granted} />
            </td>
            <td>
              <ReportedMark reported={row.reported} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function GrantedMark({ granted }: { granted: ScopeRow['granted'] }) {
  if (granted === 'yes') return <Yes word="Granted" />
  if (granted === 'no') return <No word="Not granted" />
  return (
    <span className={classes.unsure}>
      <IconQuestionMark size={14} aria-hidden /> unconfirmed
    </span>
  )
}

function ReportedMark({ reported }: { reported: boolean | null }) {
  if (reported === null) return <span className={classes.unsure}>not known</span>
  return reported ? <Yes word="Reported" /> : <No word="Not reported" />
}

function Yes({ word }: { word: string }) {
  return <IconCheck className={classes.yes} size={16} role="img" aria-label={word} />
}

function No({ word }: { word: string }) {
  return <IconMinus className={classes.no} size={16} role="img" aria-label={word} />
}
