// Changing a connection's name and tags in place; Escape leaves both as they were.
import { Button, TagsInput, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { ConnectionView } from '../../contract/connection.ts'
import { FailurePanel } from '../kit/failure-panel.tsx'
import { useGrantdesk } from '../state/store.ts'
import { useCall } from '../state/use-call.ts'
import classes from './connection.module.css'
import { focusOnce, leaveOnEscape } from './edit-in-place.ts'

interface EditProps {
  connection: ConnectionView
  onDone: () => void
}

export function RenameForm({ connection, onDone }: EditProps) {
  const rename = useCall('connections.rename')
  const [name, setName] = useState(connection.name)
  async function submit(event: FormEvent) {
    event.preventDefault()
    const answer = await rename.call({ id: connection.id, name })
    if (answer.ok) onDone()
  }
  return (
    <form className={classes.editRow} onSubmit={(event) => void submit(event)} onKeyDown={leaveOnEscape(onDone)}>
      <TextInput
        className={classes.grow}
        aria-label="Name"
        value={name}
        maxLength={80}
        data-autofocus
        ref={focusOnce}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" loading={rename.pending} disabled={name.trim() === ''}>
        Save
      </Button>
      <Button variant="default" onClick={onDone}>
        Cancel
      </Button>
      {rename.failure && (
        <div className={classes.editFailure}>
          <FailurePanel failure={rename.failure} onClose={rename.clear} />
        </div>
      )}
    </form>
  )
}

export function TagsForm({ connection, onDone }: EditProps) {
  const tag = useCall('connections.tag')
  const [tags, setTags] = useState(connection.tags)
  const connections = useGrantdesk((state) => state.connections)
  const known = [...new Set(connections.flatMap((one) => one.tags))].toSorted()
  async function submit(event: FormEvent) {
    event.preventDefault()
    const answer = await tag.call({ id: connection.id, tags })
    if (answer.ok) onDone()
  }
  return (
    <form className={classes.editRow} onSubmit={(event) => void submit(event)} onKeyDown={leaveOnEscape(onDone)}>
      <TagsInput
        className={classes.grow}
        aria-label="Tags"
        placeholder="A tag, then Enter"
        data={known}
        value={tags}
        maxTags={20}
        onChange={setTags}
        ref={focusOnce}
      />
      <Button type="submit" loading={tag.pending}>
        Save
      </Button>
      <Button variant="default" onClick={onDone}>
        Cancel
      </Button>
      {tag.failure && (
        <div className={classes.editFailure}>
          <FailurePanel failure={tag.failure} onClose={tag.clear} />
        </div>
      )}
    </form>
  )
}
