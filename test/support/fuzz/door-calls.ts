// Calls of every procedure, made from the contract: such as fit, such as nearly fit, and such as are meant to do harm.
import fc from 'fast-check'
import { type ProcedureName, procedures } from '../../../contract/procedures.ts'
import { serviceSchema } from '../../../contract/service.ts'
import { fitting } from './from-schema.ts'
import { asJson, hostileValue } from './hostile-values.ts'
import { alive, type LiveThings, wordsFor } from './live-things.ts'
import { nearMiss } from './near-misses.ts'

export interface DoorCall {
  name: string
  input: unknown
}

export const procedureNames = Object.keys(procedures) as ProcedureName[]

/** Where an input that only fits its schema seldom gets far: what a person would say. */
function likely(name: ProcedureName, live: LiveThings): fc.Arbitrary<unknown> | null {
  if (name === 'connect.start') {
    return fc.record({
      client: fc.record({ id: alive(() => live.clients) }),
      grantId: alive(() => live.grants.filter((id) => id !== 'key')),
      scopes: fc.constantFrom(['read'], []),
      username: fc.constant('ada'),
      password: fc.constant('the password of ada'),
      reconnect: fc.option(
        alive(() => live.connections),
        { nil: undefined },
      ),
    })
  }
  if (name === 'requests.send') {
    return fc.record({
      key: fc.uuid(),
      connectionId: alive(() => live.connections),
      method: fc.constantFrom('GET', 'POST', 'DELETE'),
      path: fc.constantFrom('/me', '/x', '/away', '/nothing?q={slug}'),
    })
  }
  return null
}

/** The input of one procedure. */
function inputOf(name: ProcedureName, live: LiveThings): fc.Arbitrary<unknown> {
  const schemaMade = fitting(procedures[name].input, wordsFor(name, live))
  const said = likely(name, live)
  const fit = said ? fc.oneof(said, schemaMade) : schemaMade
  return fc.oneof(
    { weight: 5, arbitrary: fit },
    { weight: 4, arbitrary: nearMiss(fit) },
    { weight: 2, arbitrary: hostileValue },
  )
}

const strangers = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '',
  'app',
  'app.snapshot ',
  'connections.__proto__',
]

/** What comes one after another: each procedure as often as any other, and now and then one that there is not. */
export function doorCalls(live: LiveThings): fc.Arbitrary<DoorCall> {
  const known = procedureNames.map((name) => inputOf(name, live).map((input): DoorCall => ({ name, input })))
  const unknown = fc.tuple(fc.oneof(fc.constantFrom(...strangers), fc.string()), hostileValue)
  return fc.oneof(
    ...known,
    unknown.map(([name, input]): DoorCall => ({ name, input })),
  )
}

/** Texts that a person could import as a service: such as fit, and such as nearly fit. */
export function descriptionTexts(seed: number, count: number): string[] {
  const fit = fitting(serviceSchema, () => null)
  const made = fc.sample(fc.oneof(fit, nearMiss(fit)), { seed, numRuns: count })
  return made.map(asJson)
}
