// A field that appears in the place of what it changes, with Save and Cancel: it takes the focus once, Escape leaves
// everything as it was, and what the host says to it stands below.
import { Button } from '@mantine/core'
import type { FormEvent, KeyboardEvent, ReactNode } from 'react'
import type { ProcedureInput, ProcedureName } from '../../contract/procedures.ts'
import { FailurePanel } from '../kit/failure-panel.tsx'
import type { Call } from '../state/use-call.ts'
import classes from './edit-row.module.css'

interface EditRowProps<Name extends ProcedureName> {
  save: Call<Name>
  /** What is saved, as it stands in the field now. */
  input: () => ProcedureInput<Name>
  onDone: () => void
  /** The field. */
  children: ReactNode
  hint?: ReactNode
  size?: 'xs' | 'sm'
  disabled?: boolean
}

export function EditRow<Name extends ProcedureName>(props: EditRowProps<Name>) {
  const { save, input, onDone, children, hint, size = 'sm', disabled = false } = props
  async function submit(event: FormEvent) {
    event.preventDefault()
    const answer = await save.call(input())
    if (answer.ok) onDone()
  }
  /** Ends the editing, and nothing else around it. */
  function leave(event: KeyboardEvent) {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    onDone()
  }
  return (
    <form className={classes.editRow} onSubmit={(event) => void submit(event)} onKeyDown={leave}>
      {children}
      <Button size={size} type="submit" loading={save.pending} disabled={disabled}>
        Save
      </Button>
      <Button size={size} variant="default" onClick={onDone}>
        Cancel
      </Button>
      {hint}
      {save.failure && (
        <div className={classes.editFailure}>
          <FailurePanel failure={save.failure} onClose={save.clear} />
        </div>
      )}
    </form>
  )
}

/** One function for all renders, so that the field takes the focus only when it appears. */
export function focusOnce(input: HTMLInputElement | null) {
  input?.focus()
}
