// `npm run test:kill`: the host killed at every point of every operation, against every way of a server; prints the table.
import { runCampaign } from './campaign.ts'
import { tableOf } from './table.ts'

const stride = Number(process.argv[2] ?? 1)
const campaign = await runCampaign({ stride, say: (line) => process.stdout.write(`${line}\n`) })
process.stdout.write(`\n${tableOf(campaign)}\n`)
for (const failure of campaign.failures.slice(0, 50)) process.stdout.write(`${failure}\n`)
const enough = campaign.kills >= (stride === 1 ? 1000 : 1)
if (!enough) process.stdout.write(`${campaign.kills} kills are too few to say anything.\n`)
process.exitCode = campaign.failures.length === 0 && enough ? 0 : 1
