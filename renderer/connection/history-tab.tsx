// Who did what with this connection, newest first; each act of a flow opens that flow.
import { Button } from '@mantine/core'
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { ConnectionView, HistoryEntry } from '../../contract/connection.ts'
import type { Failure } from '../../contract/failure.ts'
import { actWords, callerWords } from '../../contract/history.ts'
import { RelativeTime } from '../kit/countdown.tsx'
import { EmptyState } from '../kit/empty-state.tsx'
import { FailurePanel } from '../kit/failure-panel.tsx'
import { useDoor } from '../state/door.tsx'
import { useGrantdesk } from '../state/store.ts'
import classes from './connection.module.css'

const pageSize = 100

export function HistoryTab({ connection }: { connection: ConnectionView }) {
  const { entries, failure } = useHistory(connection)
  const openFlow = useGrantdesk((state) => state.openFlow)
  const [count, setCount] = useState(pageSize)
  if (failure)
    return (
      <div className={classes.panel}>
        <FailurePanel failure={failure} />
      </div>
    )
  if (entries === null)
    return (
      <p className={classes.loading} role="status">
        Loading the history …
      </p>
    )
  if (entries.length === 0)
    return <EmptyState title="Nothing yet" text="Every act with this connection will be listed here." />
  return (
    <div className={classes.historyPanel}>
      <ol className={classes.history} aria-label="History">
        {entries.slice(0, count).map((entry) => (
          <li key={entry.id}>
            <Outcome entry={entry} />
            <span className={classes.act}>{actWords[entry.act]}</span>
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

/** Fetched again whenever something happened to the connection, or a flow of it changed. */
function useHistory(connection: ConnectionView) {
  const door = useDoor()
  const flowCount = useGrantdesk((state) => state.flows.filter((flow) => flow.connectionId === connection.id).length)
  const [state, setState] = useState<{
    entries: HistoryEntry[] | null
    failure: Failure | null
  }>({
    entries: null,
    failure: null,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: a changed connection means a new entry
  useEffect(() => {
    let current = true
    void door.call('connections.history', { id: connection.id }).then((answer) => {
      if (!current) return
      if (!answer.ok) setState({ entries: null, failure: answer.failure })
      else
        setState({
          entries: answer.value.entries.toSorted((a, b) => b.at - a.at),
          failure: null,
        })
    })
    return () => {
      current = false
    }
  }, [door, connection, flowCount])
  return state
}
