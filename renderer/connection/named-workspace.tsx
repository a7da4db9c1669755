// The workspace of a connection whose API lists none: the person names it once, by its slug or an address of it, and every
// request knows it from then on. Escape leaves it as it was.
import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { ConnectionView } from '../../contract/connection.ts'
import type { ServiceView } from '../../contract/service.ts'
import { FailurePanel } from '../kit/failure-panel.tsx'
import { useCall } from '../state/use-call.ts'
import classes from './connection.module.css'
import { focusOnce, leaveOnEscape } from './edit-in-place.ts'

type ByHand = NonNullable<ServiceView['workspaceByHand']>

interface NamedWorkspaceProps {
  workspace: ConnectionView['workspace']
  editing: boolean
  onEdit: () => void
}

export function NamedWorkspace({ workspace, editing, onEdit }: NamedWorkspaceProps) {
  return (
    <span className={classes.namedWorkspace}>
      {workspace === null ? <span className={classes.quiet}>not named yet</span> : workspace.name}
      <Button size="compact-xs" variant="subtle" aria-expanded={editing} onClick={onEdit}>
        {workspace === null ? 'Name the workspace' : 'Name another workspace'}
      </Button>
    </span>
  )
}

interface WorkspaceFormProps {
  connection: ConnectionView
  byHand: ByHand
  onDone: () => void
}

export function WorkspaceForm({ connection, byHand, onDone }: WorkspaceFormProps) {
  const save = useCall('connections.nameWorkspace')
  const [workspace, setWorkspace] = useState(connection.workspace?.slug ?? '')
  async function submit(event: FormEvent) {
    event.preventDefault()
    const answer = await save.call({ id: connection.id, workspace })
    if (answer.ok) onDone()
  }
  return (
    <form className={classes.editRow} onSubmit={(event) => void submit(event)} onKeyDown={leaveOnEscape(onDone)}>
      <TextInput
        size="xs"
        className={classes.grow}
        aria-label="Slug or address of the workspace"
        aria-describedby="workspace-hint"
        placeholder={byHand.example}
        spellCheck={false}
        autoComplete="off"
        maxLength={2000}
        value={workspace}
        ref={focusOnce}
        onChange={(event) => setWorkspace(event.currentTarget.value)}
      />
      <Button size="xs" type="submit" loading={save.pending}>
        Save
      </Button>
      <Button size="xs" variant="default" onClick={onDone}>
        Cancel
      </Button>
      <p className={classes.editHint} id="workspace-hint">
        {byHand.hint}
      </p>
      {save.failure && (
        <div className={classes.editFailure}>
          <FailurePanel failure={save.failure} onClose={save.clear} />
        </div>
      )}
    </form>
  )
}
