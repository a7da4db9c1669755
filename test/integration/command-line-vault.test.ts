// The vault's ways and its backup on the command line, with real processes: a key goes in, a new vault gets it back.
import { chmodSync, existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { compactDecrypt } from 'jose'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { type Practice, type PracticeService, startPractice } from '../../practice/index.ts'
import { type Ended, openTestCommandLine, passphrase, type TestCommandLine } from './grantdesk-process.ts'

const second = 'another way to say it'
const key = 'plane_api_practice_ada_0123456789abcdef'
let practice: Practice
let plane: PracticeService
/** A vault with the key, which the tests begin with a copy of. */
const connected = openTestCommandLine()
/** How it was connected: by standard input. */
let made: Ended
let grantdesk: TestCommandLine
let other: TestCommandLine

beforeAll(async () => {
  practice = await startPractice()
  plane = practice.services[0] as PracticeService
  const parameters = ['connect', 'plane', '--grant', 'api_key', '--base-url', plane.baseUrl, '--name', 'key']
  const input = `${passphrase}\n${key}\n`
  made = await connected.run([...parameters, '--passphrase-stdin', '--token-stdin'], { input })
})
afterAll(async () => {
  await connected.close()
  await practice.close()
})

beforeEach(() => {
  grantdesk = openTestCommandLine()
  other = openTestCommandLine()
})
afterEach(async () => {
  await grantdesk.close()
  await other.close()
})

const given = ['--passphrase-stdin', '--password-stdin']

it('connects with a key, which no argument and no file shows', async () => {
  const { code, stdout, stderr } = made
  expect([code, stderr]).toEqual([0, expect.stringContaining('all your power')])
  expect(stdout).toMatch(/Connected key: ada/)
  expect(readFileSync(join(connected.folder, 'vault.json'), 'utf8')).not.toContain(key)
  grantdesk.copyVault(connected)
  expect((await grantdesk.unlocked(['token', 'key'])).stdout.trim()).toBe(key)
  expect((await grantdesk.unlocked(['show', 'key'])).stdout).toContain('X-Api-Key')
})

it('changes the passphrase, and the one before opens nothing any more', async () => {
  grantdesk.copyVault(connected)
  const wrong = await grantdesk.run(['vault', 'passphrase', ...given], { input: `wrong wrong\n${second}\n` })
  expect(wrong.code).toBe(1)
  const changed = await grantdesk.run(['vault', 'passphrase', ...given], { input: `${passphrase}\n${second}\n` })
  expect([changed.code, changed.stderr]).toEqual([0, ''])
  expect((await grantdesk.unlocked(['list'])).code).toBe(1)
  const list = await grantdesk.run(['list', '--passphrase-stdin'], { input: `${second}\n` })
  expect(list.stdout).toContain('key')
})

it('makes a vault that opens with the new passphrase alone where there is none, and calls nothing changed', async () => {
  const own = openTestCommandLine()
  const made = await own.run(['vault', 'passphrase', ...given], { input: `${passphrase}\n${second}\n` })
  expect([made.code, made.stdout]).toEqual([0, 'A new vault is made. It opens with this passphrase.\n'])
  expect((await own.unlocked(['history'])).code).toBe(1)
  const history = await own.run(['history', '--passphrase-stdin'], { input: `${second}\n` })
  expect([history.code, history.stdout]).toEqual([0, expect.not.stringMatching(/Passphrase/)])
  await own.close()
})

it('keeps the last way', async () => {
  grantdesk.copyVault(connected)
  const { slots } = JSON.parse((await grantdesk.unlocked(['vault', '--json'])).stdout)
  const { code, stderr } = await grantdesk.unlocked(['vault', 'remove', slots[0].id])
  expect([code, stderr]).toEqual([1, expect.stringContaining('only way')])
})

it('the history tells who took the key and how', async () => {
  grantdesk.copyVault(connected)
  await grantdesk.unlocked(['token', 'key'])
  const list = await grantdesk.unlocked(['history', 'key', '--operation', 'token'])
  expect([list.code, list.stdout.split('\n')[1]]).toEqual([
    0,
    expect.stringMatching(/key +Token +done +command line +Access token handed out/),
  ])
  const json = JSON.parse((await grantdesk.unlocked(['history', '--search', 'handed out', '--json'])).stdout)
  expect(json).toMatchObject([{ operation: 'token', caller: 'command', connectionName: 'key' }])
  const { stdout } = await grantdesk.unlocked(['history', '--since', '1h', '--csv'])
  expect(stdout).toMatch(/^Time,Connection,Operation.*\n.*,key,Token,done,command line,Access token handed out,/)
  expect(stdout).not.toContain(key)
  const nobody = await grantdesk.unlocked(['history', 'nobody'])
  expect([nobody.code, nobody.stderr]).toEqual([1, expect.stringContaining('no connection “nobody”')])
  expect((await grantdesk.run(['history', '--since', 'yesterday'])).code).toBe(2)
})

it('a backup brings the key into another vault, and opens with another JOSE tool', async () => {
  grantdesk.copyVault(connected)
  const file = join(grantdesk.folder, 'all.jwe')
  expect((await grantdesk.run(['backup', file, ...given], { input: `${passphrase}\n${second}\n` })).code).toBe(0)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  const { plaintext } = await compactDecrypt(readFileSync(file, 'utf8'), new TextEncoder().encode(second), {
    keyManagementAlgorithms: ['PBES2-HS512+A256KW'],
    maxPBES2Count: 1_000_000,
  })
  expect(new TextDecoder().decode(plaintext)).toContain(key)

  const bad = await other.run(['restore', file, '--yes', ...given], { input: `${passphrase}\nnot that one\n` })
  expect([bad.code, bad.stderr]).toEqual([1, expect.stringContaining('not the passphrase of this backup')])
  const restored = await other.run(['restore', file, '--yes', ...given], { input: `${passphrase}\n${second}\n` })
  expect([restored.code, restored.stdout]).toEqual([0, expect.stringContaining('Restored 1')])
  expect((await other.unlocked(['token', 'key'])).stdout.trim()).toBe(key)
  const again = await grantdesk.run(['backup', file, ...given], { input: `${passphrase}\n${second}\n` })
  expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('there is a file of that name already')])
  const lost = await grantdesk.run(['backup', join(grantdesk.folder, 'nowhere', 'all.jwe'), ...given], {
    input: `${passphrase}\n${second}\n`,
  })
  expect([lost.code, lost.stderr]).toEqual([1, expect.stringContaining('its folder is not there')])
  const told = JSON.parse((await grantdesk.unlocked(['history', '--operation', 'backup', '--json'])).stdout)
  expect(told.filter(({ outcome }: { outcome: string }) => outcome === 'done')).toHaveLength(1)
})

it('restoring is looked at first and agreed to; --also puts the backup’s tokens beside others', async () => {
  grantdesk.copyVault(connected)
  const file = join(grantdesk.folder, 'all.jwe')
  const backup = await grantdesk.run(['backup', file, ...given], { input: `wrong wrong\n${second}\n` })
  expect([backup.code, existsSync(file)]).toEqual([1, false])
  await grantdesk.run(['backup', file, ...given], { input: `${passphrase}\n${second}\n` })
  const restore = (at: TestCommandLine, ...options: string[]) =>
    at.run(['restore', file, ...options, ...given], { input: `${passphrase}\n${second}\n` })

  const inspected = await restore(other, '--inspect')
  expect([inspected.code, inspected.stdout]).toEqual([0, expect.stringMatching(/connection +key +new/)])
  expect(existsSync(other.folder)).toBe(false)
  const unasked = await restore(other)
  expect([unasked.code, unasked.stderr]).toEqual([1, expect.stringContaining('--yes')])
  expect((await other.unlocked(['list'])).stdout).toContain('No connections yet')
  expect((await restore(other, '--yes')).stdout).toContain('Restored 1')

  const again = await restore(other)
  expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('Nothing is new')])
  const unknown = await restore(other, '--also', 'nobody', '--yes')
  expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringContaining('no connection “nobody”')])

  const replaced = [
    'connect',
    'plane',
    '--grant',
    'api_key',
    '--base-url',
    plane.baseUrl,
    '--reconnect',
    'key',
    '--if-other-account',
    'replace',
  ]
  const another = 'plane_api_practice_alice_0123456789abcdef'
  await other.run([...replaced, '--passphrase-stdin', '--token-stdin'], { input: `${passphrase}\n${another}\n` })
  const beside = await restore(other, '--also', 'key', '--yes')
  expect([beside.code, beside.stdout]).toEqual([0, expect.stringContaining('It is called “key 2” here.')])
  expect((await other.unlocked(['token', 'key 2'])).stdout.trim()).toBe(key)
})

it('removing without a running host is final, and says so before; what is agreed to is needed', async () => {
  grantdesk.copyVault(connected)
  const unasked = await grantdesk.unlocked(['remove', 'key'])
  expect([unasked.code, unasked.stderr]).toEqual([1, expect.stringContaining('this is final')])
  const removed = await grantdesk.unlocked(['remove', 'key', '--yes'])
  expect([removed.code, removed.stdout]).toEqual([0, 'Removed key, for good.\n'])
  expect(removed.stderr).toContain('They go on working at Plane until they end or are revoked.')
  const back = await grantdesk.unlocked(['put-back', 'key'])
  expect([back.code, back.stderr]).toEqual([1, expect.stringContaining('no Grantdesk runs')])
  expect((await grantdesk.unlocked(['history', 'key', '--operation', 'remove'])).stdout).toContain('Removed key')
})

it('what a running host removed comes back through it, and not when a token that cannot be revoked was to be first', async () => {
  grantdesk.copyVault(connected)
  const serving = grantdesk.start(['serve', '--passphrase-stdin'], { input: `${passphrase}\n` })
  await serving.line((line) => line.includes('http://'))
  const kept = await grantdesk.run(['remove', 'key', '--yes', '--revoke'])
  expect([kept.code, kept.stderr]).toEqual([1, expect.stringContaining('It was not removed')])
  expect((await grantdesk.run(['remove', 'key', '--yes'])).stdout).toContain('“grantdesk put-back” brings it back')
  expect((await grantdesk.run(['list'])).stdout).toContain('No connections yet')
  expect((await grantdesk.run(['put-back'])).stdout).toMatch(/key +Plane +ada/)
  expect((await grantdesk.run(['put-back', 'key'])).stdout).toBe('key is back.\n')
  expect((await grantdesk.run(['token', 'key'])).stdout.trim()).toBe(key)
})

it.skipIf(process.platform === 'win32')(
  'says in one line that others had access to the vault’s file, once',
  async () => {
    await grantdesk.makeVault()
    const file = join(grantdesk.folder, 'vault.json')
    chmodSync(file, 0o644)
    const { code, stderr } = await grantdesk.unlocked(['list'])
    const line = `grantdesk: other users of this machine had access to files of the vault; now only you have files=${file}\n`
    expect([code, stderr]).toEqual([0, expect.stringContaining(line)])
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect((await grantdesk.unlocked(['list'])).stderr).not.toContain('other users')
  },
)
