// Promise 4 by force: the host is killed (SIGKILL) in the middle of everything it writes and sends, and the next start is
// judged. Here at every forty-first point, and at every fourth of the short operations, so that the whole of `npm test` stays
// short; `npm run test:kill` takes each.
import { expect, it } from 'vitest'
import { runKills } from '../kill/kill-runs.ts'
import { operations } from '../kill/messages.ts'
import { tableOf } from '../kill/table.ts'

const strides = { stride: 41, strideAlone: 4 }
/** For a machine twenty times too busy (ms); an idle one needs some three minutes. */
const longest = 3_600_000

it('a killed host loses nothing, and its next start tells the truth', { timeout: longest }, async () => {
  const report = await runKills({ ...strides, say: (line) => process.stdout.write(`kill test: ${line}\n`) })
  process.stdout.write(`${tableOf(report)}\n`)
  expect(report.failures).toEqual([])
  for (const operation of operations) {
    const kills = report.rows.filter((row) => row.operation === operation).reduce((sum, row) => sum + row.kills, 0)
    expect(kills, `kills while “${operation}” goes on`).toBeGreaterThanOrEqual(3)
  }
})
