// Which of the workspaces that a connection reaches is meant; it goes with every request from then on.
import { NativeSelect } from '@mantine/core'
import { useRef } from 'react'
import type { ConnectionView } from '../../contract/connection.ts'
import { useCall } from '../state/use-call.ts'
import { usePendingCommand } from '../state/use-pending-command.ts'
import { FailurePanel } from './failure-panel.tsx'

export function WorkspaceChoice({ connection }: { connection: ConnectionView }) {
  const choose = useCall('connections.chooseWorkspace')
  const { id, workspace, workspaces } = connection
  const field = useRef<HTMLSelectElement>(null)
  usePendingCommand(id, 'choose_workspace', () => field.current?.focus())
  const named = workspaces.flatMap((one) =>
    one.id === null ? [] : [{ value: one.id, label: one.detail ? `${one.name} (${one.detail})` : one.name }],
  )
  return (
    <>
      <NativeSelect
        ref={field}
        size="xs"
        aria-label="Workspace"
        disabled={choose.pending}
        value={workspace?.id ?? ''}
        onChange={(event) => {
          if (event.currentTarget.value !== '') void choose.call({ id, workspaceId: event.currentTarget.value })
        }}
        data={workspace === null ? [{ value: '', label: 'Choose the workspace' }, ...named] : named}
      />
      {choose.failure && <FailurePanel failure={choose.failure} onClose={choose.clear} />}
    </>
  )
}
