// Calls of every procedure, made from the contract: such as fit, such as nearly fit, and such as are meant to do harm.
import fc from 'fast-check'
import { type ProcedureName, procedures } from '../../../contract/procedures.ts'
import { serviceSchema } from '../../../contract/service.ts'
import { asJson, hostileValue } from './hostile-values.ts'
import { type KnownValues, knownValue, wordsFor } from './known-values.ts'
import { nearMiss } from './near-misses.ts'
import { arbitraryOf } from './schema-arbitrary.ts'

export interface DoorCall {
  name: string
  input: unknown
}

export const procedureNames = Object.keys(procedures) as ProcedureName[]

/** Where an input that only fits its schema seldom gets far: what a person would say. */
function likely(name: ProcedureName, known: KnownValues): fc.Arbitrary<unknown> | null {
  if (name === 'connect.start') {
    return fc.record({
      client: fc.record({ id: knownValue(() => known.clients) }),
      grantId: knownValue(() => known.grants.filter((id) => id !== 'key')),
      scopes: fc.constantFrom(['read'], []),
      username: fc.constant('ada'),
      password: fc.constant('the password of ada'),
      reconnect: fc.option(
        knownValue(() => known.connections),
        { nil: undefined },
      ),
    })
  }
  if (name === 'requests.send') {
    return fc.record({
      key: fc.uuid(),
      connectionId: knownValue(() => known.connections),
      method: fc.constantFrom('GET', 'POST', 'DELETE'),
      path: fc.constantFrom('/me', '/x', '/away', '/nothing?q={slug}'),
    })
  }
  return null
}

/** The input of one procedure. */
function inputOf(name: ProcedureName, known: KnownValues): fc.Arbitrary<unknown> {
  const schemaMade = arbitraryOf(procedures[name].input, wordsFor(name, known))
  const said = likely(name, known)
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
export function doorCalls(known: KnownValues): fc.Arbitrary<DoorCall> {
  const fromSchema = procedureNames.map((name) => inputOf(name, known).map((input): DoorCall => ({ name, input })))
  const unknown = fc.tuple(fc.oneof(fc.constantFrom(...strangers), fc.string()), hostileValue)
  return fc.oneof(
    ...fromSchema,
    unknown.map(([name, input]): DoorCall => ({ name, input })),
  )
}

/** Texts that a person could import as a service: such as fit, and such as nearly fit. */
export function descriptionTexts(seed: number, count: number): string[] {
  const fit = arbitraryOf(serviceSchema, () => null)
  const made = fc.sample(fc.oneof(fit, nearMiss(fit)), { seed, numRuns: count })
  return made.map(asJson)
}
