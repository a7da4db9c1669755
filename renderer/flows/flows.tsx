// Every recorded flow, newest first. One opens beside the table.
import { SegmentedControl } from '@mantine/core'
import { IconArrowsExchange } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import type { FlowSummary } from '../../contract/flow/flow.ts'
import { flowTitle } from '../../contract/flow/words.ts'
import { useKeptFlows } from '../flow/use-kept-flows.ts'
import { RelativeTime } from '../kit/countdown.tsx'
import { type Column, DataTable } from '../kit/data-table.tsx'
import { EmptyState } from '../kit/empty-state.tsx'
import { countWords } from '../kit/format.ts'
import { Notice } from '../kit/notice.tsx'
import { Page } from '../kit/page.tsx'
import { type Tone, ToneBadge } from '../kit/state-badge.tsx'
import textStyles from '../kit/text.module.css'
import { useGrantdesk } from '../state/store.ts'
import { DropPlace, ImportButton, ImportProgress } from './flow-import.tsx'
import { type FlowImporting, useFlowImport } from './use-flow-import.ts'

const outcomes: Record<FlowSummary['outcome'], { tone: Tone; word: string }> = {
  running: { tone: 'busy', word: 'running' },
  succeeded: { tone: 'good', word: 'succeeded' },
  failed: { tone: 'bad', word: 'failed' },
  cancelled: { tone: 'off', word: 'cancelled' },
}

interface FlowRow extends FlowSummary {
  serviceName: string
  connectionName: string | null
}

function durationWords(flow: FlowSummary): string {
  if (flow.endedAt === null) return '–'
  const ms = flow.endedAt - flow.startedAt
  return ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`
}

const columns: Column<FlowRow>[] = [
  { id: 'title', head: 'Flow', cell: flowTitle, sortKey: flowTitle },
  { id: 'kind', head: 'Kind', width: '88px', from: 760, cell: (row) => row.kind, sortKey: (row) => row.kind },
  {
    id: 'outcome',
    head: 'Outcome',
    width: '120px',
    cell: (row) => <ToneBadge {...outcomes[row.outcome]} />,
    sortKey: (row) => row.outcome,
  },
  {
    id: 'connection',
    head: 'Connection',
    width: '24%',
    from: 480,
    cell: (row) => row.connectionName ?? <span className={textStyles.dim}>–</span>,
    sortKey: (row) => row.connectionName,
  },
  {
    id: 'service',
    head: 'Service',
    width: '16%',
    from: 700,
    cell: (row) => row.serviceName,
    sortKey: (row) => row.serviceName,
  },
  {
    id: 'started',
    head: 'When',
    width: '112px',
    cell: (row) => <RelativeTime at={row.startedAt} />,
    sortKey: (row) => row.startedAt,
  },
  {
    id: 'took',
    head: 'Took',
    width: '80px',
    from: 860,
    align: 'end',
    cell: durationWords,
    sortKey: (row) => (row.endedAt === null ? null : row.endedAt - row.startedAt),
  },
  {
    id: 'events',
    head: 'Events',
    width: '80px',
    from: 860,
    align: 'end',
    cell: (row) => row.eventCount,
    sortKey: (row) => row.eventCount,
  },
]

/** The page of all flows. */
export function Flows() {
  const { flows, noLongerKept, unwritten } = useKeptFlows()
  const connections = useGrantdesk((state) => state.connections)
  const services = useGrantdesk((state) => state.services)
  const openFlowId = useGrantdesk((state) => state.openFlowId)
  const openFlow = useGrantdesk((state) => state.openFlow)
  const [show, setShow] = useState('all')
  const importing = useFlowImport()
  const rows = useMemo(() => {
    const connectionNames = new Map(connections.map((each) => [each.id, each.name]))
    const serviceNames = new Map(services.map((each) => [each.id, each.name]))
    return flows
      .filter((flow) => show === 'all' || flow.outcome === 'failed')
      .map((flow) => ({
        ...flow,
        serviceName: serviceNames.get(flow.serviceId) ?? flow.serviceId,
        connectionName: connectionNames.get(flow.connectionId ?? '') ?? null,
      }))
  }, [flows, connections, services, show])
  if (flows.length === 0) return <NoFlows importing={importing} />
  return (
    <Page
      title="Flows"
      aside={countWords(rows.length, 'flow') + (noLongerKept > 0 ? `, ${noLongerKept} older no longer kept` : '')}
      scrolls={false}
      actions={
        <>
          <ImportButton start={importing.start} />
          <SegmentedControl
            aria-label="Which flows to show"
            value={show}
            onChange={setShow}
            data={[
              { value: 'all', label: 'All' },
              { value: 'failed', label: 'Failed' },
            ]}
          />
        </>
      }
    >
      <DropPlace start={importing.start}>
        <ImportProgress {...importing} />
        {unwritten !== null && <Notice>{unwritten}</Notice>}
        {rows.length === 0 ? (
          <EmptyState title="No flow failed" text="Everything that was tried went through, or was cancelled." />
        ) : (
          <DataTable
            label="Flows"
            rows={rows}
            rowKey={(row) => row.id}
            columns={columns}
            selectedKey={openFlowId}
            onOpen={(row) => openFlow(row.id)}
            sortedBy={{ column: 'started', down: true }}
          />
        )}
      </DropPlace>
    </Page>
  )
}

function NoFlows({ importing }: { importing: FlowImporting }) {
  return (
    <Page title="Flows" scrolls={false} actions={<ImportButton start={importing.start} />}>
      <DropPlace start={importing.start}>
        <ImportProgress {...importing} />
        <EmptyState
          icon={<IconArrowsExchange size={28} stroke={1.4} />}
          title="No flow recorded yet"
          text="Each connect, refresh, revoke and request is recorded here, event by event, with every secret replaced. A HAR with the login of another program can be imported."
        />
      </DropPlace>
    </Page>
  )
}
