// Every procedure with hostile inputs, at the door of the whole application, over a vault in which something of everything
// lives: nothing crashes, nothing hangs, nothing is polluted, nothing is lost, and every answer is one of the contract's.
import { expect, it } from 'vitest'
import { procedureNames } from '../support/fuzz/door-calls.ts'
import { createDoorFuzz, type IntendedChanges, reopen } from '../support/fuzz/fuzz-door.ts'
import { buildFuzzedApp, type FuzzedApp, type OpenFuzzedApp, troubles } from '../support/fuzz/fuzzed-app.ts'
import { sharedPrototypes } from '../support/fuzz/prototypes.ts'
import { fuzzCases, fuzzSeed } from '../support/fuzz/seed.ts'
import { openTally } from '../support/fuzz/tally.ts'

const batchSize = 500
const cases = fuzzCases(6_000, 102_000)

/** The access token that each connection holds, as a person would have it shown. */
async function tokensOf({ app }: OpenFuzzedApp, ids: string[]): Promise<Map<string, string>> {
  const held = new Map<string, string>()
  for (const id of ids) {
    const answer = await app.call('connections.reveal', { id, what: 'access_token' }, 'window')
    if (answer.ok) held.set(id, (answer.value as { value: string }).value)
  }
  return held
}

/** After a batch, and once more after a restart. */
async function nothingLost(fuzzed: FuzzedApp, opened: OpenFuzzedApp, intended: IntendedChanges): Promise<void> {
  await reopen(opened, intended)
  const kept = fuzzed.connections.filter((id) => !intended.removed.has(id))
  const before = await tokensOf(opened, kept)
  expect([...before.keys()], 'connections that nobody removed').toEqual(kept)
  const known = (token: string) =>
    fuzzed.service.issued.has(token) || intended.brought.has(token) || token.startsWith('token-typed-by-hand-')
  expect([...before.values()].filter((token) => !known(token))).toEqual([])
  await opened.app.close()
  const again = await fuzzed.open(opened.ports.disk, opened.keychain)
  await reopen(again, intended)
  // The same, or newer ones: it refreshes by itself what ends soon, also while they are asked for.
  const after = await tokensOf(again, kept)
  const order = [...fuzzed.service.issued]
  const older = [...after].filter(([id, token]) => {
    const was = before.get(id) ?? ''
    return token !== was && order.indexOf(token) <= order.indexOf(was)
  })
  expect(older).toEqual([])
  expect([...(await tokensOf(again, kept)).keys()]).toEqual(kept)
  await again.app.close()
}

it(`answers ${cases} hostile calls of every procedure with what the contract promises, and loses nothing`, async () => {
  const seed = fuzzSeed('door')
  const fuzzed = await buildFuzzedApp(seed)
  const tally = openTally()
  const fuzz = createDoorFuzz(tally)
  const before = sharedPrototypes()
  for (let batch = 0; tally.total() < cases; batch++) {
    const opened = await fuzzed.open()
    const intended = await fuzz.batch(opened, seed + batch * 1_000, Math.min(batchSize, cases - tally.total()))
    await nothingLost(fuzzed, opened, intended)
  }
  expect(sharedPrototypes()).toEqual(before)
  if (process.env.FUZZ_TABLE) console.log(tally.table())
  expect(tally.total()).toBe(cases)
  const least = Math.floor(cases / procedureNames.length / 2)
  expect(procedureNames.filter((name) => tally.of(name).calls < least)).toEqual([])
  // Not all of it bounced off the schemas.
  expect(procedureNames.filter((name) => tally.of(name).fitted < 5)).toEqual([])
}, 600_000)

/** Each takes half a second. */
const few = { 'vault.create': 2, 'vault.unlock': 4, 'vault.setPassphrase': 2, 'backup.make': 2 }

it.each(troubles)('answers hostile calls as the contract promises also with %s', async (trouble) => {
  const fuzzed = await buildFuzzedApp(1)
  const tally = openTally()
  const opened = await fuzzed.openIn(trouble)
  const before = sharedPrototypes()
  await createDoorFuzz(tally, few).batch(opened, fuzzSeed(trouble), fuzzCases(400, 2_000), false)
  expect(sharedPrototypes()).toEqual(before)
  // With tokens that came and are not on disk it does not close.
  await opened.app.close().catch((error: unknown) => {
    if (trouble !== 'a disk that is full now and then') throw error
  })
})
