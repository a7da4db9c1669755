// Makes fuzzed calls at the door of an opened app and holds each answer against the contract.
import { inspect } from 'node:util'
import fc from 'fast-check'
import { z } from 'zod'
import type { Caller } from '../../../contract/connection.ts'
import { failureSchema } from '../../../contract/failure.ts'
import { isProcedureName, procedures } from '../../../contract/procedures.ts'
import { type DoorCall, doorCalls } from './door-calls.ts'
import { fuzzPassphrase, type OpenFuzzedApp } from './fuzzed-app.ts'
import { isPolluted } from './prototypes.ts'
import type { Tally } from './tally.ts'

/** A call that takes longer (ms) hangs: nothing here answers slowly, however busy the machine is. */
const timeout = 120_000

/** Procedures that derive a key from a passphrase, half a second each: so many of their arbitraryOf inputs are let through. */
const usualDerivations: Record<string, number> = { 'vault.setPassphrase': 5, 'backup.make': 5, 'vault.unlock': 100 }

const callers = ['tab', 'window', 'command'] as const satisfies Caller[]

const answerSchema = z.union([
  z.strictObject({ ok: z.literal(true), value: z.unknown() }),
  z.strictObject({ ok: z.literal(false), failure: failureSchema }),
])

interface Judged extends DoorCall {
  fits: boolean
}

/** What a batch changed on purpose, so that it is not taken for a loss. */
export interface IntendedChanges {
  removed: Set<string>
  /** Tokens that calls brought themselves. */
  brought: Set<string>
  passphrases: string[]
}

/** `derivations` says for more procedures how many of their arbitraryOf inputs there is time for. */
export function createDoorFuzz(tally: Tally, derivations: Record<string, number> = {}) {
  const left = new Map(Object.entries({ ...usualDerivations, ...derivations }))

  /** A arbitraryOf input for which there is no time any more becomes one that does not fit. */
  function affordable(call: DoorCall, fits: boolean): { input: unknown; fits: boolean } {
    const derives = left.get(call.name)
    if (!fits || derives === undefined) return { input: call.input, fits }
    left.set(call.name, derives - 1)
    return derives > 0 ? { input: call.input, fits } : { input: [call.input], fits: false }
  }

  async function within(work: Promise<unknown>): Promise<unknown> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${timeout} ms`)), timeout)
    })
    try {
      return await Promise.race([work, late])
    } finally {
      clearTimeout(timer)
    }
  }

  async function make(fuzzed: OpenFuzzedApp, call: DoorCall, intended: IntendedChanges, caller: Caller): Promise<void> {
    const count = tally.of(call.name)
    const schema = isProcedureName(call.name) ? procedures[call.name] : null
    const { input, fits } = affordable(call, schema?.input.safeParse(call.input).success ?? false)
    const began = performance.now()
    // The clock goes on, so that nothing waits for it: a wrong passphrase makes the next one wait by this clock.
    fuzzed.ports.time.now += 6_000
    if (fits && call.name === 'connect.start') bring(input, intended)
    const answer = answerSchema.parse(await within(fuzzed.app.call(call.name, input, caller)))
    const took = performance.now() - began
    count.calls += 1
    count.fitted += Number(fits)
    count.done += Number(answer.ok)
    count.slowestMs = Math.max(count.slowestMs, took)
    if (isPolluted()) throw new Error('it polluted a prototype')
    judge(fuzzed, { name: call.name, input, fits }, answer, intended)
  }

  return {
    /** @throws with the call in its message. */
    async call(
      fuzzed: OpenFuzzedApp,
      call: DoorCall,
      intended: IntendedChanges,
      caller: Caller = 'tab',
    ): Promise<void> {
      try {
        await make(fuzzed, call, intended, caller)
      } catch (error) {
        const input = inspect(call.input, { depth: 8, maxStringLength: 600, maxArrayLength: 20, breakLength: 140 })
        throw new Error(`${call.name} ${input.slice(0, 4_000)}`, { cause: error })
      }
    },

    /**
     * So many calls drawn from what lives in the app; every second handful at once, of each caller in turn. A vault that
     * they lock is opened again where it `opens`.
     */
    async batch(fuzzed: OpenFuzzedApp, seed: number, calls: number, opens = true): Promise<IntendedChanges> {
      const intended: IntendedChanges = { removed: new Set(), brought: new Set(), passphrases: [fuzzPassphrase] }
      const arbitrary = doorCalls(fuzzed.known)
      for (let at = 0, handful = 0; at < calls; at += 25, handful++) {
        const some = fc.sample(arbitrary, { seed: seed + handful, numRuns: Math.min(25, calls - at) })
        const caller = callers[handful % callers.length]
        if (handful % 2 === 1) await Promise.all(some.map((call) => this.call(fuzzed, call, intended, caller)))
        else for (const call of some) await this.call(fuzzed, call, intended, caller)
        if (opens && !fuzzed.known.vaultOpen) await reopen(fuzzed, intended)
      }
      return intended
    },
  }
}

/** Throws where the answer is not one that this input deserves. */
function judge(
  { ports }: OpenFuzzedApp,
  { name, input, fits }: Judged,
  answer: z.infer<typeof answerSchema>,
  intended: IntendedChanges,
) {
  const known = isProcedureName(name)
  if (answer.ok) {
    if (!known || !fits) throw new Error('it was done though its input does not fit')
    procedures[name].output.parse(answer.value)
    return note(name, input, answer.value, intended)
  }
  const { kind } = answer.failure
  if (kind === 'internal') throw new Error(`internal: ${ports.logged.at(-1)}`)
  if (known && !fits && kind !== 'invalid_input' && kind !== 'vault_locked') {
    throw new Error(`an input that does not fit was answered with ${kind}`)
  }
  if (fits && kind === 'vault_locked') noteOvertaken(name, input, intended)
}

/** Done or not: what a lock overtakes is not answered any more. */
function noteOvertaken(name: string, input: unknown, intended: IntendedChanges): void {
  if (name === 'connections.remove') intended.removed.add((input as { id: string }).id)
}

function bring(input: unknown, intended: IntendedChanges): void {
  const { token } = input as { token?: { value: string } }
  if (token) intended.brought.add(token.value.trim())
}

function note(name: string, input: unknown, value: unknown, intended: IntendedChanges): void {
  const { id, passphrase } = input as { id: string; passphrase: string }
  if (name === 'connections.remove') intended.removed.add(id)
  if (name === 'connections.restore') intended.removed.delete(id)
  if (name === 'vault.setPassphrase') intended.passphrases.push(passphrase)
  if (name === 'connect.decide') {
    // Replacing or discarding takes a connection away, as the person asked.
    const { newConnectionId } = value as { newConnectionId?: string }
    if (newConnectionId) intended.removed.add(newConnectionId)
  }
}

/** A vault that a call locked is opened again, as a person would: by its keychain, else by its passphrase. */
export async function reopen({ app }: OpenFuzzedApp, intended: IntendedChanges): Promise<void> {
  const isOpen = (answer: Awaited<ReturnType<typeof app.call>>) =>
    answer.ok && (answer.value as { state: string }).state === 'open'
  if (isOpen(await app.call('vault.retry', {}, 'window'))) return
  for (const passphrase of intended.passphrases.toReversed()) {
    if (isOpen(await app.call('vault.unlock', { passphrase }, 'window'))) return
  }
  throw new Error('the vault does not open any more')
}
