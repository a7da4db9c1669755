// Who did what with this connection, newest first, found by words; each operation of a flow opens that flow.
import { Button } from '@mantine/core'
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import { useState } from 'react'
import type { ConnectionView, HistoryEntry } from '../../contract/connection.ts'
import { callerWords, operationWords } from '../../contract/history.ts'
import { HistoryExport } from '../history/history-export.tsx'
import { HistorySearch } from '../history/history-search.tsx'
import { useHistory } from '../history/use-history.ts'
import { RelativeTime } from '../kit/countdown.tsx'
import { EmptyState } from '../kit/empty-state.tsx'
import { FailurePanel } from '../kit/failure-panel.tsx'
import { useGrantdesk } from '../state/store.ts'
import classes from './history-tab.module.css'
import panelStyles from './panel.module.css'

const pageSize = 100

export function HistoryTab({ connection }: { connection: ConnectionView }) {
  const [search, setSearch] = useState('')
  const filter = { connectionId: connection.id, search: search || undefined }
  const { entries, failure } = useHistory(filter)
  const openFlow = useGrantdesk((state) => state.openFlow)
  const [count, setCount] = useState(pageSize)
  if (failure)
    return (
      <div className={panelStyles.panel}>
        <FailurePanel failure={failure} />
      </div>
    )
  if (entries === null)
    return (
      <p className={classes.loading} role="status">
        Loading the history …
      </p>
    )
  if (entries.length === 0 && search === '')
    return <EmptyState title="Nothing yet" text="Every operation with this connection will be listed here." />
  return (
    <div className={classes.historyPanel}>
      <div className={classes.bar}>
        <HistorySearch text={search} onChange={setSearch} />
        <HistoryExport filter={filter} empty={entries.length === 0} />
      </div>
      {entries.length === 0 && <EmptyState title="No entry matches" />}
      <ol className={classes.history} aria-label="History">
        {entries.slice(0, count).map((entry) => (
          <li key={entry.id}>
            <Outcome entry={entry} />
            <span className={classes.operation}>{operationWords[entry.operation]}</span>
            <span className={classes.detail}>{entry.detail}</span>
            <span className={classes.caller}>{callerWords[entry.caller]}</span>
            <span className={classes.when}>
              <RelativeTime at={entry.at} />
            </span>
            <span className={classes.flowLink}>
              {entry.flowId !== null && (
                <Button
                  size="compact-xs"
                  variant="subtle"
                  onClick={() => entry.flowId !== null && openFlow(entry.flowId)}
                >
                  Show flow
                </Button>
              )}
            </span>
          </li>
        ))}
      </ol>
      {entries.length > count && (
        <Button variant="subtle" size="xs" onClick={() => setCount(count + pageSize)}>
          Show {Math.min(pageSize, entries.length - count)} more of {entries.length - count}
        </Button>
      )}
    </div>
  )
}

function Outcome({ entry }: { entry: HistoryEntry }) {
  return entry.outcome === 'done' ? (
    <IconCheck className={classes.yes} size={15} role="img" aria-label="Done" />
  ) : (
    <IconAlertTriangle className={classes.failed} size={15} role="img" aria-label="Failed" />
  )
}
