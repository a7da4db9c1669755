// Every call passes here: checks the input against the table, runs the procedure, and turns result or error into an Answer.
// Parses the output, too, so that undeclared fields are never sent.
import type { z } from 'zod'
import type { Caller } from '../../contract/connection.ts'
import type { Answer, Failure } from '../../contract/failure.ts'
import {
  isProcedureName,
  type ParsedInput,
  type ProcedureName,
  type ProcedureOutput,
  procedures,
} from '../../contract/procedures.ts'
import { internalFailure } from '../internal-failure.ts'
import type { Log } from '../ports.ts'
import { Problem } from '../problem.ts'

/** Every procedure of the table; a missing one does not compile. `left` is aborted when the caller is gone, where that is known. */
export type Implementation = {
  [Name in ProcedureName]: (
    input: ParsedInput<Name>,
    caller: Caller,
    left?: AbortSignal,
  ) => Promise<ProcedureOutput<Name>>
}

export type Dispatch = (name: string, input: unknown, caller: Caller, left?: AbortSignal) => Promise<Answer<unknown>>

function refuseInput(issues: readonly { path: PropertyKey[]; message: string }[]): Failure {
  const plain = issues.slice(0, 20).map(({ path, message }) => ({ path: path.map(String).join('.'), message }))
  const first = plain[0]
  const message = first ? (first.path ? `${first.path}: ${first.message}` : first.message) : 'The input does not fit.'
  return { kind: 'invalid_input', message, issues: plain }
}

/** Zod compares the `length` of an object with a string's bounds, which throws if it cannot be converted to a number. */
function parseInput(
  schema: z.ZodType,
  input: unknown,
): z.ZodSafeParseResult<unknown> | { success: false; error: null } {
  try {
    return schema.safeParse(input)
  } catch {
    return { success: false, error: null }
  }
}

export function createDispatch(implementation: Implementation, log: Log): Dispatch {
  async function run<Name extends ProcedureName>(
    name: Name,
    input: unknown,
    caller: Caller,
    left: AbortSignal | undefined,
  ): Promise<Answer<unknown>> {
    const { input: inputSchema, output: outputSchema } = procedures[name]
    const parsed = parseInput(inputSchema, input)
    if (!parsed.success) return { ok: false, failure: refuseInput(parsed.error?.issues ?? []) }
    const value = await implementation[name](parsed.data as ParsedInput<Name>, caller, left)
    return { ok: true, value: outputSchema.parse(value) }
  }

  return async (name, input, caller, left) => {
    try {
      if (!isProcedureName(name)) {
        return { ok: false, failure: { kind: 'not_found', message: 'There is no such procedure.' } }
      }
      return await run(name, input, caller, left)
    } catch (error) {
      return { ok: false, failure: error instanceof Problem ? error.failure : internalFailure(error, log) }
    }
  }
}
