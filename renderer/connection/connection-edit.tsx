// Changing a connection's name and tags in place; Escape leaves both as they were.
import { TagsInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { ConnectionView } from '../../contract/connection.ts'
import { useGrantdesk } from '../state/store.ts'
import { useCall } from '../state/use-call.ts'
import editStyles from './edit-row.module.css'
import { EditRow, focusOnce } from './edit-row.tsx'

interface EditProps {
  connection: ConnectionView
  onDone: () => void
}

export function RenameForm({ connection, onDone }: EditProps) {
  const rename = useCall('connections.rename')
  const [name, setName] = useState(connection.name)
  const input = () => ({ id: connection.id, name })
  return (
    <EditRow save={rename} input={input} onDone={onDone} disabled={name.trim() === ''}>
      <TextInput
        className={editStyles.grow}
        aria-label="Name"
        value={name}
        maxLength={80}
        data-autofocus
        ref={focusOnce}
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </EditRow>
  )
}

export function TagsForm({ connection, onDone }: EditProps) {
  const tag = useCall('connections.tag')
  const [tags, setTags] = useState(connection.tags)
  const connections = useGrantdesk((state) => state.connections)
  const known = [...new Set(connections.flatMap((one) => one.tags))].toSorted()
  return (
    <EditRow save={tag} input={() => ({ id: connection.id, tags })} onDone={onDone}>
      <TagsInput
        className={editStyles.grow}
        aria-label="Tags"
        placeholder="A tag, then Enter"
        data={known}
        value={tags}
        maxTags={20}
        onChange={setTags}
        ref={focusOnce}
      />
    </EditRow>
  )
}
