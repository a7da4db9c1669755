// Promise 4 by force: the host is killed (SIGKILL) in the middle of everything it writes and sends, and the next start is
// judged. Here against three kinds of servers, other ones each time, at every thirtieth point, and at every third of the short
// operations, so that the whole of `npm test` stays short; `npm run test:kill` takes each.
import { expect, it } from 'vitest'
import { runKills } from '../kill/kill-runs.ts'
import { operations } from '../kill/messages.ts'
import { behaviours } from '../kill/rotation-server.ts'
import { tableOf } from '../kill/table.ts'
import { fuzzSeed } from '../support/fuzz/seed.ts'

const strides = { stride: 30, strideAlone: 3 }
/** For a machine twenty times too busy (ms); an idle one needs a minute. */
const longest = 3_600_000

it('a killed host loses nothing, and its next start tells the truth', { timeout: longest }, async () => {
  const seed = fuzzSeed('kill test')
  const servers = behaviours.filter((_, at) => [0, 4, 8].includes((at + seed) % behaviours.length))
  const say = (line: string) => process.stdout.write(`kill test: ${line}\n`)
  const report = await runKills({ ...strides, seed, behaviours: servers, say })
  process.stdout.write(`${tableOf(report)}\n`)
  expect(report.failures).toEqual([])
  for (const operation of operations) {
    const kills = report.rows.filter((row) => row.operation === operation).reduce((sum, row) => sum + row.kills, 0)
    expect(kills, `kills while “${operation}” goes on`).toBeGreaterThanOrEqual(3)
  }
})
