// Everything the person holds, in one table: who, where, with which scopes, until when.
import { Button, CloseButton, TextInput } from '@mantine/core'
import { IconSearch, IconTable } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { type ConnectionView, missingScopes } from '../../contract/connection.ts'
import { connectionState } from '../../contract/connection-state.ts'
import { matchesText } from '../kit/connection-filter.ts'
import { ExpiryCountdown, RelativeTime } from '../kit/countdown.tsx'
import { type Column, DataTable } from '../kit/data-table.tsx'
import { EmptyState } from '../kit/empty-state.tsx'
import { countWords, hostWords } from '../kit/format.ts'
import { Mono } from '../kit/mono.tsx'
import { Page } from '../kit/page.tsx'
import { StateBadge, ToneShape } from '../kit/state-badge.tsx'
import textStyles from '../kit/text.module.css'
import { useGrantdesk } from '../state/store.ts'
import classes from './inventory.module.css'
import { RemovedButton } from './removed-list.tsx'

function Dash() {
  return <span className={textStyles.dim}>–</span>
}

/** Its name, and whom it acts as, which no width of the window leaves out. */
function Named({ name, actsAs }: Pick<ConnectionView, 'name' | 'actsAs'>) {
  if (actsAs === null) return name
  return (
    <span className={classes.named} title={`${name}\nacts as ${actsAs}`}>
      <span>{name}</span> <span>acts as {actsAs}</span>
    </span>
  )
}

function Scopes({ scopes }: Pick<ConnectionView, 'scopes'>) {
  const held = scopes.granted ?? scopes.requested
  const missing = missingScopes(scopes)
  if (held.length === 0 && missing.length === 0) return <Dash />
  return (
    <span className={classes.scopes} title={[...held, ...missing.map((scope) => `${scope} (not granted)`)].join('\n')}>
      {missing.length > 0 && (
        <span className={classes.missing}>
          <ToneShape tone="warn" size={9} /> {missing.length} missing
        </span>
      )}
      <Mono clip>{held.join(' ')}</Mono>
    </span>
  )
}

const columns: Column<ConnectionView>[] = [
  {
    id: 'name',
    head: 'Connection',
    width: '148px',
    cell: (row) => <Named name={row.name} actsAs={row.actsAs} />,
    sortKey: (row) => row.name,
  },
  {
    id: 'where',
    head: 'Where',
    width: '164px',
    from: 560,
    cell: (row) => (
      <span className={classes.where}>
        {row.serviceName}
        <Mono clip dim>
          {hostWords(row.baseUrl)}
        </Mono>
      </span>
    ),
    sortKey: (row) => `${row.serviceName} ${row.baseUrl}`,
  },
  {
    id: 'account',
    head: 'Account',
    width: '136px',
    from: 820,
    cell: (row) => row.account?.email ?? row.account?.name ?? <Dash />,
    sortKey: (row) => row.account?.email ?? row.account?.name ?? null,
  },
  {
    id: 'workspace',
    head: 'Workspace',
    width: '94px',
    from: 960,
    cell: (row) => row.workspace?.name ?? <Dash />,
    sortKey: (row) => row.workspace?.name ?? null,
  },
  { id: 'scopes', head: 'Scopes', from: 680, cell: (row) => <Scopes scopes={row.scopes} /> },
  {
    id: 'state',
    head: 'State',
    width: '150px',
    cell: (row) => <StateBadge connection={row} />,
    sortKey: (row) => connectionState(row, Date.now()),
  },
  {
    id: 'expires',
    head: 'Expires',
    width: '96px',
    cell: (row) => (row.status.kind === 'revoked' ? <Dash /> : <ExpiryCountdown connection={row} />),
    sortKey: (row) => row.expiresAt,
  },
  {
    id: 'used',
    head: 'Last used',
    width: '116px',
    from: 900,
    cell: (row) => (row.lastUsedAt === null ? <Dash /> : <RelativeTime at={row.lastUsedAt} />),
    sortKey: (row) => row.lastUsedAt,
  },
]

/** The inventory page. */
export function Inventory() {
  const connections = useGrantdesk((state) => state.connections)
  const go = useGrantdesk((state) => state.go)
  const [text, setText] = useState('')
  const found = useMemo(() => connections.filter((each) => matchesText(each, text)), [connections, text])
  if (connections.length === 0) {
    return (
      <Page title="Inventory" actions={<RemovedButton />}>
        <EmptyState
          icon={<IconTable size={28} stroke={1.4} />}
          title="Nothing held yet"
          text="Each connection appears here with its account, workspace, scopes and expiry."
          actions={<Button onClick={() => go({ name: 'connect' })}>Connect a service</Button>}
        />
      </Page>
    )
  }
  return (
    <Page
      title="Inventory"
      aside={text ? `${found.length} of ${connections.length}` : countWords(connections.length, 'connection')}
      scrolls={false}
      actions={
        <>
          <RemovedButton />
          <TextInput
            size="xs"
            w={220}
            aria-label="Search the inventory"
            placeholder="Search"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            leftSection={<IconSearch size={14} aria-hidden="true" />}
            rightSection={text && <CloseButton size="xs" aria-label="Clear search" onClick={() => setText('')} />}
          />
        </>
      }
    >
      {found.length === 0 ? (
        <EmptyState
          title="No connection matches"
          actions={
            <Button variant="default" onClick={() => setText('')}>
              Clear search
            </Button>
          }
        />
      ) : (
        <DataTable
          label="Inventory"
          rows={found}
          rowKey={(row) => row.id}
          columns={columns}
          onOpen={(row) => go({ name: 'connection', id: row.id })}
          sortedBy={{ column: 'name', down: false }}
        />
      )}
    </Page>
  )
}
