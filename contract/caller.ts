// The API as its callers see it, whatever the transport: call a procedure, listen for changes.
import type { Change } from './change.ts'
import type { Answer } from './failure.ts'
import type { ProcedureInput, ProcedureName, ProcedureOutput } from './procedures.ts'

export interface Door {
  call<Name extends ProcedureName>(name: Name, input: ProcedureInput<Name>): Promise<Answer<ProcedureOutput<Name>>>
  /** Starts with a snapshot; returns a function that unsubscribes. */
  listen(onChange: (change: Change) => void): () => void
}
