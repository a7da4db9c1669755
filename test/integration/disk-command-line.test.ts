// A damaged vault on the command line: what was found, what can be done, and doing it, with real processes.
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { canMount, mountSmallDisk, type SmallDisk } from '../support/small-disk.ts'
import { openTestCommandLine, passphrase, type TestCommandLine } from './grantdesk-process.ts'
import { addressOf, caller, letIn } from './served-tab.ts'

let grantdesk: TestCommandLine
let disk: SmallDisk | null = null

beforeEach(() => {
  grantdesk = openTestCommandLine()
})
afterEach(async () => {
  disk?.unmount()
  disk = null
  await grantdesk.close()
})

it('names the copy that is there, puts it in place when told to, and keeps the damaged file', async () => {
  await grantdesk.makeVault()
  const file = join(grantdesk.folder, 'vault.json')
  writeFileSync(file, '{"half')

  const refused = await grantdesk.unlocked(['list'])
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringMatching(/damaged.*\n.*vault recover/)])
  expect(readFileSync(file, 'utf8')).toBe('{"half')

  const recovered = await grantdesk.run(['vault', 'recover'])
  expect([recovered.code, recovered.stdout]).toEqual([0, expect.stringMatching(/as it was/)])
  const kept = readdirSync(grantdesk.folder).find((name) => name.includes('.damaged-')) ?? ''
  expect(recovered.stderr).toContain(kept)
  expect(readFileSync(join(grantdesk.folder, kept), 'utf8')).toBe('{"half')
  expect((await grantdesk.unlocked(['list'])).code).toBe(0)

  const again = await grantdesk.unlocked(['vault', 'recover'])
  expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('whole')])
})

it('reads the file anew for the next command where it was changed while a host had it open', async () => {
  const serving = grantdesk.start(['serve', '--passphrase-stdin'], { input: `${passphrase}\n` })
  await addressOf(serving)
  const connect = ['connect', 'plane', '--base-url', 'http://127.0.0.1:9', '--grant', 'api_key', '--name', 'one']
  await grantdesk.run([...connect, '--token-stdin'], { input: 'a token of the test\n' })
  const file = join(grantdesk.folder, 'vault.json')
  const document = JSON.parse(readFileSync(file, 'utf8'))
  const name = Object.keys(document.records).find((one) => one.startsWith('tokens:')) ?? ''
  document.records[name] = damaged(document.records[name])
  writeFileSync(file, JSON.stringify(document))
  const refused = await grantdesk.run(['vault', 'auto-lock', '1h'])
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('changed by somebody else')])
  const listed = await grantdesk.unlocked(['list'])
  expect([listed.code, listed.stderr]).toEqual([0, expect.stringContaining('Damaged: tokens of the connection one')])
  expect((await grantdesk.unlocked(['vault', 'recover'])).stdout).toMatch(/Recovered: tokens of the connection one/)
})

it('tells of one damaged record where it stands, and takes it alone from the copy', async () => {
  const connect = ['connect', 'plane', '--base-url', 'http://127.0.0.1:9', '--grant', 'api_key', '--name', 'one']
  const input = `${passphrase}\na token of the test\n`
  await grantdesk.run([...connect, '--passphrase-stdin', '--token-stdin'], { input })
  const file = join(grantdesk.folder, 'vault.json')
  const document = JSON.parse(readFileSync(file, 'utf8'))
  const name = Object.keys(document.records).find((one) => one.startsWith('tokens:')) ?? ''
  document.records[name] = damaged(document.records[name])
  writeFileSync(file, JSON.stringify(document))

  const listed = await grantdesk.unlocked(['list'])
  expect([listed.code, listed.stdout]).toEqual([0, expect.stringMatching(/one.*damaged/)])
  expect(listed.stderr).toMatch(/Damaged: tokens of the connection one. .*vault recover/)
  const refused = await grantdesk.unlocked(['token', 'one'])
  expect([refused.code, refused.stdout]).toEqual([1, ''])
  expect(refused.stderr).toMatch(/cannot be opened.*\n.*vault recover/)

  const recovered = await grantdesk.unlocked(['vault', 'recover'])
  expect([recovered.code, recovered.stdout]).toEqual([
    0,
    expect.stringMatching(/Recovered: tokens of the connection one/),
  ])
  const kept = readdirSync(grantdesk.folder).find((one) => one.includes('.damaged-')) ?? ''
  expect(recovered.stderr).toContain(kept)
  expect(JSON.parse(readFileSync(join(grantdesk.folder, kept), 'utf8'))).toEqual(document)
  expect(await grantdesk.unlocked(['token', 'one'])).toMatchObject({ code: 0, stdout: 'a token of the test\n' })

  // Where neither the file nor its copy has the profile, its id stands for it, and it can be removed.
  const profile = name.replace('tokens:', 'connection:')
  for (const each of [file, join(grantdesk.folder, 'vault.copy.json')]) {
    const { records, ...rest } = JSON.parse(readFileSync(each, 'utf8'))
    writeFileSync(each, JSON.stringify({ ...rest, records: { ...records, [profile]: damaged(records[profile]) } }))
  }
  const id = profile.slice('connection:'.length)
  const lost = await grantdesk.unlocked(['list'])
  expect([lost.code, lost.stdout]).toEqual([0, expect.stringMatching(new RegExp(`${id}.*damaged`))])
  const shown = await grantdesk.unlocked(['show', id])
  expect([shown.code, shown.stderr]).toEqual([
    1,
    expect.stringMatching(/cannot be opened.*\n.*does not have it.*[Rr]emove/),
  ])
  expect((await grantdesk.unlocked(['remove', id, '--yes'])).code).toBe(0)
  expect(await grantdesk.unlocked(['list'])).toMatchObject({ code: 0, stderr: '' })
})

/** Changes one character in the middle. */
function damaged(jwe: string): string {
  const at = jwe.length - 40
  return `${jwe.slice(0, at)}${jwe[at] === 'A' ? 'B' : 'A'}${jwe.slice(at + 1)}`
}

it('says of a vault whose file is gone that its copy can be put there, and keeps nothing where nothing was', async () => {
  await grantdesk.makeVault()
  rmSync(join(grantdesk.folder, 'vault.json'))
  const { code, stderr } = await grantdesk.unlocked(['list'])
  expect([code, stderr]).toEqual([1, expect.stringMatching(/not there any more.*\n.*vault recover/)])
  expect(stderr).not.toMatch(/damaged|kept/)
  const recovered = await grantdesk.run(['vault', 'recover'])
  expect([recovered.code, recovered.stderr]).toEqual([0, ''])
  expect((await grantdesk.unlocked(['list'])).code).toBe(0)
})

it('asks for a newer Grantdesk where one wrote the vault, and says why the copy is not used', async () => {
  await grantdesk.makeVault()
  const file = join(grantdesk.folder, 'vault.json')
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), version: 99 }))
  const { code, stderr } = await grantdesk.unlocked(['list'])
  expect([code, stderr]).toEqual([1, expect.stringMatching(/newer Grantdesk.*\n.*Update Grantdesk/)])
  expect(stderr).not.toContain('copy')
  const recovered = await grantdesk.run(['vault', 'recover'])
  expect([recovered.code, recovered.stderr]).toEqual([1, expect.stringMatching(/copy is not used.*newer Grantdesk/)])
})

describe.skipIf(!canMount())('on a disk', () => {
  beforeEach(async () => {
    disk = mountSmallDisk(grantdesk.folder)
    await grantdesk.makeVault()
  })

  const stops: [string, () => void, RegExp][] = [
    ['that is full', () => disk?.fill(), /the disk is full \(ENOSPC\).*\n.*Make room/],
    ['that is read-only', () => disk?.readOnly(), /read only \(EROFS\).*\n.*Make the disk writable/],
  ]

  it.each(stops)('%s, a command says so, and names no other copy of a file that is whole', async (_, stop, words) => {
    stop()
    const { code, stderr } = await grantdesk.unlocked(['list'])
    expect([code, stderr]).toEqual([1, expect.stringMatching(words)])
    expect(stderr).toContain('Leave the vault’s file as it is')
    expect(stderr).not.toMatch(/copy|broken/)
  })

  it.each(stops)(
    '%s, serve says so, serves its page all the same, and leaves nothing behind',
    async (_, stop, words) => {
      stop()
      const before = readdirSync(grantdesk.folder)
      const serving = grantdesk.start(['serve', '--passphrase-stdin'], { input: `${passphrase}\n` })
      const address = await addressOf(serving)
      const pass = await letIn(address)
      expect(await (await fetch(address.origin, { headers: pass })).text()).toContain('<title>Grantdesk')
      expect(await caller(address, pass)('app.snapshot')).toMatchObject({ value: { vault: { state: 'broken' } } })
      expect(serving.stderr()).toMatch(words)
      serving.child.kill('SIGINT')
      expect((await serving.ended).code).toBe(0)
      expect(readdirSync(grantdesk.folder)).toEqual(before)
    },
  )

  it('that has one block left, the vault opens, and a backup is whole and stands in the history', async () => {
    // The history of a vault in use has a file already; this one gets it when its passphrase is changed.
    await grantdesk.makeVault()
    disk?.fill(4_096)
    expect((await grantdesk.unlocked(['list'])).code).toBe(0)
    const made = await backUp()
    expect([made.code, made.stderr]).toEqual([0, expect.stringMatching(/^Written to [^\n]+\n$/)])
    const inspected = await inspectBackup()
    expect([inspected.code, inspected.stderr]).toEqual([0, expect.stringMatching(/^A backup of /)])
    expect((await grantdesk.unlocked(['history'])).stdout).toMatch(/backup/i)
  })

  it('that is read-only, the vault can be copied elsewhere and opens there', async () => {
    disk?.readOnly()
    const copied = `${grantdesk.folder}-copied`
    cpSync(grantdesk.folder, copied, { recursive: true })
    expect((await backUp({ GRANTDESK_HOME: copied })).code).toBe(0)
  })

  /** Onto another disk. */
  const backupFile = () => join(grantdesk.folder, '..', 'backup.jwe')

  function backUp(env: Record<string, string> = {}) {
    const input = `${passphrase}\nof the backup\n`
    return grantdesk.run(['backup', backupFile(), '--passphrase-stdin', '--password-stdin'], { input, env })
  }

  function inspectBackup() {
    const input = `${passphrase}\nof the backup\n`
    const secrets = ['--passphrase-stdin', '--password-stdin']
    return grantdesk.run(['restore', backupFile(), '--inspect', ...secrets], { input })
  }

  it('that has room again, serve opens the vault, and commands come through it', async () => {
    disk?.fill()
    const serving = grantdesk.start(['serve'])
    const address = await addressOf(serving)
    disk?.clear()
    const call = caller(address, await letIn(address))
    expect(await call('vault.retry')).toMatchObject({ value: { state: 'locked' } })
    await expect.poll(() => readdirSync(grantdesk.folder)).toContain('door.json')
    expect((await grantdesk.unlocked(['list'])).code).toBe(0)
    expect(await call('app.snapshot')).toMatchObject({ value: { vault: { state: 'open' } } })
    serving.child.kill('SIGINT')
    expect((await serving.ended).code).toBe(0)
  })
})
