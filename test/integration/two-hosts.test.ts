// Two at once, with real processes: the second names the first and how to reach or end it; a lock that was left behind is
// known for one; what cannot be known from here is left to the person.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openTestCommandLine, type TestCommandLine } from './grantdesk-process.ts'

let grantdesk: TestCommandLine
let lock: string

beforeEach(() => {
  grantdesk = openTestCommandLine()
  lock = join(grantdesk.folder, 'owner.json')
})
afterEach(() => grantdesk.close())

async function serving() {
  const host = grantdesk.start(['serve', '--port', '0', '--passphrase-stdin'], {
    input: 'correct horse battery staple\n',
  })
  await host.line((line) => line.includes('http://'))
  return host
}

/** A lock as a Grantdesk elsewhere wrote it into a folder that both machines see. */
function leaveLock(change: Record<string, unknown>): void {
  mkdirSync(grantdesk.folder, { recursive: true })
  const there = { host: 'desktop', pid: 4711, since: Date.now(), machine: 'attic', token: 'a-token' }
  writeFileSync(lock, JSON.stringify({ ...there, boot: 'another', table: 'another', start: '1', ...change }))
}

it('a second host names the first, and says how to reach or stop it', async () => {
  const host = await serving()
  const { code, stderr } = await grantdesk.run(['serve', '--port', '0'])
  expect(code).toBe(1)
  expect(stderr).toContain(`held by “grantdesk serve” (process ${host.child.pid} on ${hostname()}`)
  expect(stderr).toMatch(new RegExp(`Use the tab that it serves, or stop it: .* end process ${host.child.pid}`))
})

it('a command goes through the host that runs, and is its own when that one was killed', async () => {
  const host = await serving()
  expect(await grantdesk.run(['list'])).toMatchObject({ code: 0, stderr: expect.not.stringContaining('passphrase') })
  host.child.kill('SIGKILL')
  await host.ended
  expect(JSON.parse(readFileSync(lock, 'utf8'))).toMatchObject({ pid: host.child.pid })
  expect(await grantdesk.run(['list'])).toMatchObject({ code: 1, stderr: expect.stringContaining('passphrase') })
  expect((await grantdesk.unlocked(['list'])).code).toBe(0)
})

it('a lock of another machine is respected until the person, who knows, takes it away by that machine’s name', async () => {
  leaveLock({})
  const refused = await grantdesk.unlocked(['list'])
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('(process 4711 on attic')])
  expect(refused.stderr).toMatch(/cannot be seen from here.*vault release attic/)

  const other = await grantdesk.run(['vault', 'release', 'cellar'])
  expect([other.code, other.stderr]).toEqual([1, expect.stringContaining('on attic, not on cellar')])
  const released = await grantdesk.run(['vault', 'release', 'attic'])
  expect([released.code, released.stdout]).toEqual([0, expect.stringContaining('process 4711 on attic')])
  await grantdesk.makeVault()
  const nothing = await grantdesk.run(['vault', 'release', 'attic'])
  expect([nothing.code, nothing.stderr]).toEqual([1, expect.stringContaining('No other Grantdesk')])
})

it('the lock of a host that runs here is not to be taken away', async () => {
  const host = await serving()
  const { code, stderr } = await grantdesk.run(['vault', 'release', hostname()])
  expect([code, stderr]).toEqual([1, expect.stringContaining('runs here')])
  expect(JSON.parse(readFileSync(lock, 'utf8'))).toMatchObject({ pid: host.child.pid })
})
