// Promise 4 by force: the host is killed (SIGKILL) in the middle of everything it writes and sends, and the next start is
// judged. Here at every thirty-seventh point, so that the whole of `npm test` stays short; `npm run test:kill` takes each.
import { expect, it } from 'vitest'
import { runCampaign } from '../kill/campaign.ts'
import { tableOf } from '../kill/table.ts'

const stride = 37

it('a killed host loses nothing, and its next start tells the truth', { timeout: 400_000 }, async () => {
  const campaign = await runCampaign({ stride, say: (line) => process.stdout.write(`kill test: ${line}\n`) })
  process.stdout.write(`${tableOf(campaign)}\n`)
  expect(campaign.failures).toEqual([])
  expect(campaign.kills).toBeGreaterThan(100)
})
