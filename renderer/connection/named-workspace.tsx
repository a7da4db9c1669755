// The workspace of a connection whose API lists none: the person names it once, by its slug or an address of it, and every
// request knows it from then on. Escape leaves it as it was.
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { ConnectionView } from '../../contract/connection.ts'
import type { ServiceView } from '../../contract/service.ts'
import { PastedField } from '../kit/pasted-field.tsx'
import textStyles from '../kit/text.module.css'
import { useCall } from '../state/use-call.ts'
import editStyles from './edit-row.module.css'
import { EditRow, focusOnce } from './edit-row.tsx'
import classes from './named-workspace.module.css'

type ByHand = NonNullable<ServiceView['workspaceByHand']>

interface NamedWorkspaceProps {
  workspace: ConnectionView['workspace']
  editing: boolean
  onEdit: () => void
}

export function NamedWorkspace({ workspace, editing, onEdit }: NamedWorkspaceProps) {
  return (
    <span className={classes.namedWorkspace}>
      {workspace === null ? <span className={textStyles.quiet}>not named yet</span> : workspace.name}
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
  const hint = (
    <p className={classes.editHint} id="workspace-hint">
      {byHand.hint}
    </p>
  )
  return (
    <EditRow size="xs" save={save} input={() => ({ id: connection.id, workspace })} onDone={onDone} hint={hint}>
      <div className={editStyles.grow}>
        <PastedField
          kind="id"
          size="xs"
          aria-label="Slug or address of the workspace"
          aria-describedby="workspace-hint"
          placeholder={byHand.example}
          spellCheck={false}
          autoComplete="off"
          maxLength={2000}
          value={workspace}
          inputRef={focusOnce}
          onValue={setWorkspace}
        />
      </div>
    </EditRow>
  )
}
