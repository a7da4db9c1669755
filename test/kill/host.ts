// The process that is killed. It first starts on what the one before it left and says what it finds there, which is the
// restart of that one; then it performs the next operation and dies in it. One process a kill keeps a thousand of them cheap.

// First of all, and by itself so that sorting leaves it there: what is loaded after it gets the counted functions.
import './points.ts'

import { check } from './check.ts'
import { openHost } from './killed-host.ts'
import type { HostInput, HostOutput, KillRun } from './messages.ts'
import { beforehand, perform } from './operations.ts'
import { arm, disarm, point, real } from './points.ts'

function say(line: HostOutput): void {
  real.writeSync(1, `${JSON.stringify(line)}\n`)
}

async function run(one: KillRun, baseUrl: string): Promise<string[]> {
  const host = openHost(one)
  await host.app.start()
  await beforehand(host, one)
  arm(one.killAt)
  await perform(host, one, baseUrl)
  point('the answer')
  await host.app.close()
  return disarm()
}

const input = JSON.parse(real.readFileSync(0, 'utf8')) as HostInput
if (input.check) say({ verdict: await check(input.check, input.baseUrl) })
if (input.run) say({ points: await run(input.run, input.baseUrl) })
