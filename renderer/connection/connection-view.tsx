// The middle column for one connection: who and where, what needs the person, what can be done, and four tabs.
import { Tabs } from '@mantine/core'
import { IconPlugConnectedX } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { ConnectionView as Connection } from '../../contract/connection.ts'
import { lastFailure, markedBy } from '../../contract/flow/last-failure.ts'
import { ClientSecretReplacement } from '../clients/client-secret-replacement.tsx'
import { DamagedConnection } from '../damage/damaged-connection.tsx'
import { EmptyState } from '../kit/empty-state.tsx'
import { useGrantdesk } from '../state/store.ts'
import { Awaited } from './awaited.tsx'
import { ConnectionActions, RemoveButton } from './connection-actions.tsx'
import { ConnectionHeader } from './connection-header.tsx'
import { ConnectionStatus } from './connection-status.tsx'
import classes from './connection-view.module.css'
import { HistoryTab } from './history-tab.tsx'
import { LastFailure } from './last-failure.tsx'
import { RequestsTab } from './requests-tab.tsx'
import { compareScopes } from './scope-comparison.ts'
import { ScopesTab } from './scopes-tab.tsx'
import { TokenTab } from './token-tab.tsx'
import { useConnectionFlows } from './use-connection-flows.ts'

/** Everything about the connection with this id. */
export function ConnectionView({ id }: { id: string }) {
  const connection = useGrantdesk((state) => state.connections.find((one) => one.id === id))
  const damaged = useGrantdesk((state) => state.damaged.find((one) => one.kind === 'connection' && one.id === id))
  if (!connection && damaged) return <DamagedConnection record={damaged} />
  if (!connection)
    return (
      <EmptyState
        title="This connection is gone"
        icon={<IconPlugConnectedX size={28} stroke={1.5} />}
        text="It was removed, here or by another caller."
      />
    )
  return <Opened key={id} connection={connection} />
}

function Opened({ connection }: { connection: Connection }) {
  const service = useGrantdesk((state) => state.services.find((one) => one.id === connection.serviceId))
  const client = useGrantdesk((state) => state.clients.find((one) => one.id === connection.clientId))
  const [replacing, setReplacing] = useState(false)
  const [tab, setTab] = useState<string | null>('token')
  const pending = useGrantdesk(({ pendingCommand }) =>
    pendingCommand?.connectionId === connection.id ? pendingCommand.command : null,
  )
  // The tab that owns a pending command carries it out; it has to be there first.
  useEffect(() => {
    if (pending === 'reveal') setTab('token')
    if (pending === 'send' || pending === 'send_again') setTab('requests')
  }, [pending])
  const flows = useConnectionFlows(connection.id)
  const { status } = connection
  const cause = status.kind === 'needs_attention' ? markedBy(flows, connection.id, status.since) : null
  const failed = lastFailure(flows, connection.id)
  const missing = compareScopes(connection.scopes, service).filter((row) => row.missing).length
  return (
    <article className={classes.view} aria-label={connection.name}>
      <ConnectionHeader connection={connection} service={service}>
        <RemoveButton connection={connection} />
      </ConnectionHeader>
      <Awaited connection={connection} />
      <ConnectionStatus connection={connection} flowId={cause?.id ?? null} onReplaceSecret={() => setReplacing(true)} />
      {failed !== null && failed.id !== cause?.id && <LastFailure flow={failed} />}
      {replacing && client && <ClientSecretReplacement client={client} onClose={() => setReplacing(false)} />}
      <ConnectionActions connection={connection} />
      <Tabs value={tab} onChange={setTab} keepMounted={false} className={classes.tabs}>
        <Tabs.List aria-label="About this connection">
          <Tabs.Tab value="token">Token</Tabs.Tab>
          <Tabs.Tab value="scopes" rightSection={missing > 0 ? <MissingCount count={missing} /> : undefined}>
            Scopes
          </Tabs.Tab>
          <Tabs.Tab value="requests">Requests</Tabs.Tab>
          <Tabs.Tab value="history">History</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="token">
          <TokenTab connection={connection} grant={service?.grants.find((grant) => grant.id === connection.grantId)} />
        </Tabs.Panel>
        <Tabs.Panel value="scopes">
          <ScopesTab connection={connection} service={service} />
        </Tabs.Panel>
        <Tabs.Panel value="requests" keepMounted>
          <RequestsTab connection={connection} service={service} />
        </Tabs.Panel>
        <Tabs.Panel value="history">
          <HistoryTab connection={connection} />
        </Tabs.Panel>
      </Tabs>
    </article>
  )
}

/** Drawn, not read: the tab keeps its plain name, and the panel says the same in words. */
function MissingCount({ count }: { count: number }) {
  return (
    <span className={classes.missingCount} aria-hidden>
      ▲ {count}
    </span>
  )
}
