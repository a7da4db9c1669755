// Who did what, when, with every connection and with the vault: searched, narrowed, exported. Entries hold no secret.
import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconArrowsExchange, IconHistory } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import {
  callerWords,
  type HistoryFilter,
  type ListedEntry,
  operationWords,
  subjectWords,
} from '../../contract/history.ts'
import { useKeptFlows } from '../flow/use-kept-flows.ts'
import { RelativeTime } from '../kit/countdown.tsx'
import { type Column, DataTable } from '../kit/data-table.tsx'
import { EmptyState } from '../kit/empty-state.tsx'
import { FailurePanel } from '../kit/failure-panel.tsx'
import { countWords } from '../kit/format.ts'
import { Page } from '../kit/page.tsx'
import { ToneBadge } from '../kit/state-badge.tsx'
import textStyles from '../kit/text.module.css'
import { useGrantdesk } from '../state/store.ts'
import classes from './history.module.css'
import { HistoryExport } from './history-export.tsx'
import { HistoryFilters } from './history-filters.tsx'
import { HistorySearch } from './history-search.tsx'
import { useHistory } from './use-history.ts'

interface Row extends ListedEntry {
  /** Whether the connection is there to go to. */
  held: boolean
  /** Whether the flow is still kept; `null` while that is not known. */
  recorded: boolean | null
}

function Subject({ row }: { row: Row }) {
  const go = useGrantdesk((state) => state.go)
  const { connectionId } = row
  const words = subjectWords(row)
  if (connectionId === null || !row.held) return <span className={textStyles.dim}>{words}</span>
  return (
    <button type="button" className={classes.link} onClick={() => go({ name: 'connection', id: connectionId })}>
      {words}
    </button>
  )
}

/** Nearly all operations succeed: those that failed say so. */
function OperationWord({ row }: { row: Row }) {
  const word = operationWords[row.operation]
  return row.outcome === 'failed' ? <ToneBadge tone="bad" word={`${word} failed`} quiet /> : word
}

/** All that a narrow table says of an entry, in one cell. */
function Stacked({ row }: { row: Row }) {
  return (
    <div className={classes.stacked}>
      <OperationWord row={row} />
      <Subject row={row} />
      <span>{row.detail}</span>
      <span className={classes.where}>{callerWords[row.caller]}</span>
    </div>
  )
}

function FlowLink({ row }: { row: Row }) {
  const openFlow = useGrantdesk((state) => state.openFlow)
  const { flowId } = row
  if (flowId === null || row.recorded === null) return null
  if (!row.recorded) {
    return (
      <Tooltip label="This flow is no longer kept">
        <span className={textStyles.dim}>not kept</span>
      </Tooltip>
    )
  }
  return (
    <Tooltip label="Show flow">
      <ActionIcon
        size="sm"
        aria-label={`Show flow: ${operationWords[row.operation]}, ${row.detail}`}
        onClick={() => openFlow(flowId)}
      >
        <IconArrowsExchange size={15} aria-hidden="true" />
      </ActionIcon>
    </Tooltip>
  )
}

/** Widths of the table (px): columns side by side, and one for where. `history.module.css` names the second, too. */
const narrow = 520
const wide = 860

const columns: Column<Row>[] = [
  {
    id: 'when',
    head: 'When',
    width: '118px',
    cell: (row) => <RelativeTime at={row.at} />,
    sortKey: (row) => row.at,
  },
  {
    id: 'operation',
    head: 'Operation',
    width: '150px',
    from: narrow,
    wraps: true,
    cell: (row) => <OperationWord row={row} />,
    sortKey: (row) => operationWords[row.operation],
  },
  {
    id: 'connection',
    head: 'Connection',
    width: '24%',
    from: narrow,
    cell: (row) => <Subject row={row} />,
    sortKey: subjectWords,
  },
  {
    id: 'detail',
    head: 'Detail',
    from: narrow,
    wraps: true,
    cell: (row) => (
      <>
        {row.detail}
        <span className={classes.under}>{callerWords[row.caller]}</span>
      </>
    ),
    sortKey: (row) => row.detail,
  },
  {
    id: 'stacked',
    head: 'Operation',
    below: narrow,
    wraps: true,
    cell: (row) => <Stacked row={row} />,
    sortKey: (row) => operationWords[row.operation],
  },
  {
    id: 'caller',
    head: 'Where',
    width: '136px',
    from: wide,
    cell: (row) => <span className={textStyles.dim}>{callerWords[row.caller]}</span>,
    sortKey: (row) => callerWords[row.caller],
  },
  { id: 'flow', head: 'Flow', width: '72px', align: 'end', cell: (row) => <FlowLink row={row} /> },
]

/** Which of what fits is shown, where that is not all. */
function countOf(shown: number, total: number): string {
  return shown < total ? `the newest ${shown} of ${total}` : countWords(total, 'entry', 'entries')
}

/** The page of the whole history; `connectionId` is where it begins. */
export function History({ connectionId }: { connectionId?: string }) {
  const [filter, setFilter] = useState<HistoryFilter>({ connectionId })
  const { entries, total, failure } = useHistory(filter)
  const connections = useGrantdesk((state) => state.connections)
  const { flows, isWhole } = useKeptFlows()
  const narrowed = Object.values(filter).some((value) => value !== undefined && value !== '')
  const rows = useMemo(() => {
    const held = new Set(connections.map(({ id }) => id))
    const recorded = new Set(flows.map(({ id }) => id))
    return (entries ?? []).map(
      (entry): Row => ({
        ...entry,
        held: held.has(entry.connectionId ?? ''),
        recorded: recorded.has(entry.flowId ?? '') || (isWhole ? false : null),
      }),
    )
  }, [entries, connections, flows, isWhole])

  if (!narrowed && entries?.length === 0) {
    return (
      <Page title="History">
        <EmptyState
          icon={<IconHistory size={28} stroke={1.4} />}
          title="Nothing has happened yet"
          text="Who connected, refreshed, revealed, copied, requested, revoked or backed up what, and when, will stand here."
        />
      </Page>
    )
  }
  return (
    <Page
      title="History"
      aside={entries && countOf(entries.length, total)}
      scrolls={false}
      actions={
        <>
          <HistorySearch
            text={filter.search ?? ''}
            onChange={(search) => setFilter({ ...filter, search: search || undefined })}
          />
          <HistoryExport filter={filter} empty={total === 0} />
        </>
      }
    >
      <HistoryFilters filter={filter} connections={connections} entries={entries ?? []} onChange={setFilter} />
      {failure && (
        <div className={classes.panel}>
          <FailurePanel failure={failure} />
        </div>
      )}
      {!failure && entries === null && (
        <p className={classes.loading} role="status">
          Loading the history …
        </p>
      )}
      {entries !== null && rows.length === 0 && (
        <EmptyState
          title="No entry matches"
          actions={
            <Button variant="default" onClick={() => setFilter({})}>
              Show everything
            </Button>
          }
        />
      )}
      {rows.length > 0 && (
        <DataTable
          label="History"
          rows={rows}
          rowKey={(row) => row.id}
          columns={columns}
          sortedBy={{ column: 'when', down: true }}
        />
      )}
    </Page>
  )
}
