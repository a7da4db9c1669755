// What a caller holds, whatever the transport: ask, and be told of changes.
import type { Change } from './change.ts'
import type { Answer } from './failure.ts'
import type { ProcedureInput, ProcedureName, ProcedureOutput } from './procedures.ts'

export interface Door {
  call<Name extends ProcedureName>(name: Name, input: ProcedureInput<Name>): Promise<Answer<ProcedureOutput<Name>>>
  /** Begins with a snapshot; answers a function that ends it. */
  listen(onChange: (change: Change) => void): () => void
}
