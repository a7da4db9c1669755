// Connections that were removed, with the way back that lasts until the host stops.
import { Button, Modal } from '@mantine/core'
import { useState } from 'react'
import type { RemovedConnection } from '../../contract/connection.ts'
import { RelativeTime } from '../kit/countdown.tsx'
import { FailurePanel } from '../kit/failure-panel.tsx'
import rowStyles from '../kit/row.module.css'
import textStyles from '../kit/text.module.css'
import { useGrantdesk } from '../state/store.ts'
import { useCall } from '../state/use-call.ts'
import classes from './removed-list.module.css'

/** A button that opens the list; nothing where nothing was removed. */
export function RemovedButton() {
  const removed = useGrantdesk((state) => state.removed)
  const [opened, setOpened] = useState(false)
  if (removed.length === 0) return null
  return (
    <>
      <Button variant="default" size="xs" onClick={() => setOpened(true)}>
        Removed ({removed.length})
      </Button>
      <Modal opened={opened} onClose={() => setOpened(false)} title="Removed connections" size={560}>
        <RemovedList removed={removed} onClose={() => setOpened(false)} />
      </Modal>
    </>
  )
}

function RemovedList({ removed, onClose }: { removed: RemovedConnection[]; onClose(): void }) {
  const go = useGrantdesk((state) => state.go)
  const restore = useCall('connections.restore')
  const putBack = async (id: string) => {
    const answer = await restore.call({ id })
    if (!answer.ok) return
    onClose()
    go({ name: 'connection', id })
  }
  return (
    <>
      {restore.failure && (
        <FailurePanel failure={restore.failure} title="It was not put back" onClose={restore.clear} />
      )}
      <ul className={rowStyles.rows} aria-label="Removed connections">
        {removed.map(({ id, name, serviceName, account, revoked, removedAt }) => (
          <li key={id} className={classes.removed}>
            <span className={classes.removedName}>
              {name}
              <span className={classes.removedFacts}>
                {[serviceName, account, revoked && 'revoked'].filter(Boolean).join(' · ')}, removed{' '}
                <RelativeTime at={removedAt} />
              </span>
            </span>
            <Button
              variant="subtle"
              size="xs"
              aria-label={`History of ${name}`}
              onClick={() => go({ name: 'history', connectionId: id })}
            >
              History
            </Button>
            <Button variant="default" size="xs" aria-label={`Put back ${name}`} onClick={() => void putBack(id)}>
              Put back
            </Button>
          </li>
        ))}
      </ul>
      <p className={textStyles.text}>
        They are kept sealed in memory, also while the vault is locked, and are gone when Grantdesk closes. Their tokens
        go on working at the services until they end or are revoked.
      </p>
    </>
  )
}
