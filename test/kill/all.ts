// `npm run test:kill`: the host killed at every point of every operation, against every way of a server; prints the table.
import { runKills } from './kill-runs.ts'
import { tableOf } from './table.ts'

const stride = Number(process.argv[2] ?? 1)
const report = await runKills({ stride, say: (line) => process.stdout.write(`${line}\n`) })
process.stdout.write(`\n${tableOf(report)}\n`)
for (const failure of report.failures.slice(0, 50)) process.stdout.write(`${failure}\n`)
const enough = report.kills >= (stride === 1 ? 1000 : 1)
if (!enough) process.stdout.write(`${report.kills} kills are too few to say anything.\n`)
process.exitCode = report.failures.length === 0 && enough ? 0 : 1
