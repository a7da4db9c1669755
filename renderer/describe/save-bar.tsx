// Saves the description. What would take another's place, or send stored secrets elsewhere, is asked first in the host's
// own words; what it refuses is shown at its field.
import { Button } from '@mantine/core'
import { useState } from 'react'
import { Confirm } from '../kit/confirm.tsx'
import { FailurePanel } from '../kit/failure-panel.tsx'
import { toast } from '../kit/toasts.tsx'
import { grantdesk } from '../state/store.ts'
import { useCall } from '../state/use-call.ts'
import describeStyles from './describe.module.css'
import { type Members, textAt } from './document.ts'
import { type Draft, documentOf, drafts, isChanged } from './draft.ts'
import classes from './save-bar.module.css'

interface SaveBarProps {
  draft: Draft
  thenConnect: boolean
  onLeave: (id?: string) => void
}

export function SaveBar({ draft, thenConnect, onLeave }: SaveBarProps) {
  const save = useCall('services.import')
  const [asked, setAsked] = useState<string | null>(null)
  const [leaving, setLeaving] = useState(false)
  const document = documentOf(draft)
  const changed = isChanged(draft)
  const { discard, setIssues } = drafts.getState()

  async function write(text: Members, replace: boolean) {
    const taken = takenId(draft, text)
    if (taken !== null) return setIssues([{ path: 'id', message: taken }])
    const answer = await save.call({ text: JSON.stringify(text), replace, edited: draft.kind === 'edit' })
    if (answer.ok) {
      discard()
      toast({ message: `${answer.value.name} is saved.`, tone: 'good' })
      return onLeave(answer.value.id)
    }
    setAsked(answer.failure.kind === 'conflict' ? answer.failure.message : null)
    if (answer.failure.kind === 'invalid_input') setIssues(answer.failure.issues)
    if (answer.failure.kind === 'conflict' || answer.failure.kind === 'invalid_input') save.clear()
  }

  function leave() {
    if (changed) return setLeaving(true)
    discard()
    onLeave(draft.serviceId ?? undefined)
  }

  return (
    <footer className={classes.foot}>
      {save.failure && <FailurePanel failure={save.failure} title="Not saved" onClose={save.clear} />}
      <div className={describeStyles.row}>
        <Button variant="default" onClick={leave}>
          Cancel
        </Button>
        {draft.issues.length > 0 && (
          <span className={describeStyles.problem} role="status">
            {draft.issues.length === 1 ? 'One thing does not fit.' : `${draft.issues.length} things do not fit.`}
          </span>
        )}
        <span className={classes.spacer} />
        <Button
          loading={save.pending}
          disabled={document === null || (draft.kind === 'edit' && !changed)}
          onClick={() => document && void write(document, false)}
        >
          {thenConnect ? 'Save and connect' : 'Save'}
        </Button>
      </div>
      <Confirm
        opened={asked !== null}
        title="Save over it?"
        action="Save"
        destructive={false}
        pending={save.pending}
        onConfirm={() => document && void write(document, true)}
        onClose={() => setAsked(null)}
      >
        {asked}
      </Confirm>
      <Confirm
        opened={leaving}
        title="Discard the changes?"
        action="Discard"
        onConfirm={() => {
          discard()
          onLeave(draft.serviceId ?? undefined)
        }}
        onClose={() => setLeaving(false)}
      >
        What you wrote in this description is not saved.
      </Confirm>
    </footer>
  )
}

/** A new description takes nobody's place by chance, and a changed one stays itself. */
function takenId({ kind, serviceId }: Draft, document: Members): string | null {
  const id = textAt(document, 'id')
  if (kind === 'edit') return id === serviceId ? null : `stays “${serviceId}”; copy the service for another id`
  const other = grantdesk.getState().services.find((service) => service.id === id)
  return other ? `is taken by ${other.name}; choose another, or edit that one` : null
}
