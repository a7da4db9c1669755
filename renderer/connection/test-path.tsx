// The path that shows whether a connection's token works, for a service that has no question of its own: shown, changed
// in place, and asked. Escape leaves it as it was.
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { ConnectionView } from '../../contract/connection.ts'
import { RelativeTime } from '../kit/countdown.tsx'
import { FailurePanel } from '../kit/failure-panel.tsx'
import { Mono } from '../kit/mono.tsx'
import { PastedField } from '../kit/pasted-field.tsx'
import { ShowStartedFlow, showStartedFlow } from '../kit/show-flow.tsx'
import textStyles from '../kit/text.module.css'
import { toast } from '../kit/toasts.tsx'
import { useDoor } from '../state/door.tsx'
import { useCall } from '../state/use-call.ts'
import own from './added-headers-list.module.css'
import { isAlreadyShown } from './already-shown.ts'
import { EditRow, focusOnce } from './edit-row.tsx'
import panelStyles from './panel.module.css'
import classes from './test-path.module.css'

export function TestPath({ connection }: { connection: ConnectionView }) {
  const [editing, setEditing] = useState(false)
  const identify = useCall('connections.identify')
  const door = useDoor()
  const { id, testPath, apiAnswer } = connection

  /** What the API answered stands below, but may be the same as before: that it was asked now is said as well. */
  async function ask() {
    const asked = await identify.call({ id })
    const answer = asked.ok ? await door.call('history.list', { connectionId: id }) : null
    const entry = answer?.ok ? answer.value.entries.find(({ operation }) => operation === 'identify') : undefined
    if (!entry) return
    const done = entry.outcome === 'done'
    const toFlow = done ? {} : showStartedFlow({ connectionId: id, kind: 'identify' })
    toast({ message: `${entry.detail}.`, tone: done ? 'good' : 'bad', ...toFlow })
  }

  return (
    <section aria-label="Test path">
      <h2 className={panelStyles.partTitle}>Test path</h2>
      {editing ? (
        <TestPathForm connection={connection} onDone={() => setEditing(false)} />
      ) : (
        <div className={own.path}>
          {testPath === null ? <span className={textStyles.quiet}>none</span> : <Mono>{testPath}</Mono>}
          <Button size="compact-xs" variant="subtle" onClick={() => setEditing(true)}>
            {testPath === null ? 'Set a test path' : 'Edit test path'}
          </Button>
          {testPath !== null && (
            <Button
              size="compact-xs"
              variant="subtle"
              loading={identify.pending || connection.busy === 'identifying'}
              onClick={() => void ask()}
            >
              Ask it now
            </Button>
          )}
          {apiAnswer?.of === 'test_path' && (
            <p className={`${textStyles.hint} ${own.pathWords}`}>
              It answered {apiAnswer.status}, <RelativeTime at={apiAnswer.at} />.
            </p>
          )}
          <p className={`${textStyles.hint} ${own.pathWords}`}>
            {connection.serviceName} has no known way to ask whose a token is; this path shows whether it works, also
            after a revocation.
          </p>
        </div>
      )}
      {identify.failure && !isAlreadyShown(connection, identify.failure) && (
        <FailurePanel failure={identify.failure} onClose={identify.clear}>
          <ShowStartedFlow connectionId={id} kind="identify" />
        </FailurePanel>
      )}
    </section>
  )
}

function TestPathForm({ connection, onDone }: { connection: ConnectionView; onDone: () => void }) {
  const save = useCall('connections.setTestPath')
  const [path, setPath] = useState(connection.testPath ?? '')
  return (
    <EditRow size="xs" save={save} input={() => ({ id: connection.id, path })} onDone={onDone}>
      <div className={classes.path}>
        <PastedField
          kind="id"
          size="xs"
          aria-label="Test path"
          placeholder="/api/…, or nothing for none"
          spellCheck={false}
          autoComplete="off"
          maxLength={2000}
          value={path}
          inputRef={focusOnce}
          onValue={setPath}
        />
      </div>
    </EditRow>
  )
}
