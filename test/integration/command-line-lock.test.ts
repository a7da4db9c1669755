// Locking on the command line, with real processes: by hand through the host that has the vault open, and the time after
// which it locks by itself.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openTestCommandLine, passphrase, type Running, type TestCommandLine } from './grantdesk-process.ts'
import { addressOf } from './served-tab.ts'

let grantdesk: TestCommandLine

beforeEach(() => {
  grantdesk = openTestCommandLine()
})
afterEach(() => grantdesk.close())

async function serve(): Promise<Running> {
  const serving = grantdesk.start(['serve', '--passphrase-stdin'], { input: `${passphrase}\n` })
  await addressOf(serving)
  return serving
}

it('locks the vault that a host has open, for every command, and says once that it is locked', async () => {
  await serve()
  expect((await grantdesk.run(['list'])).code).toBe(0)
  const { code, stdout } = await grantdesk.run(['vault', 'lock'])
  expect([code, stdout]).toEqual([0, 'The vault is locked.\n'])
  const refused = await grantdesk.run(['list'])
  expect(refused.code).toBe(1)
  expect(refused.stderr).toMatch(/^grantdesk: The vault is locked\.\nUnlock it where it was locked/)
  expect((await grantdesk.unlocked(['list'])).code).toBe(0)
})

it('says that there is nothing to lock where no Grantdesk runs, and makes no vault', async () => {
  const { code, stdout, stderr } = await grantdesk.run(['vault', 'lock'])
  expect([code, stdout, stderr]).toEqual([0, '', expect.stringMatching(/No Grantdesk runs.*nothing to lock/)])
  expect(existsSync(grantdesk.folder)).toBe(false)
})

it('does not call locked what a host that is stopped has open, and names it', async () => {
  const { child } = await serve()
  child.kill('SIGSTOP')
  const { code, stdout, stderr } = await grantdesk.run(['vault', 'lock'])
  child.kill('SIGCONT')
  expect([code, stdout]).toEqual([1, ''])
  expect(stderr).toMatch(new RegExp(`serve.*process ${child.pid}\\).*does not answer`))
})

it('shows and chooses when the vault locks by itself', async () => {
  await grantdesk.makeVault()
  expect((await grantdesk.unlocked(['vault', 'auto-lock'])).stdout).toMatch(
    /^Without use it locks after 15 minutes\.\n/,
  )
  const hour = await grantdesk.unlocked(['vault', 'auto-lock', '1h'])
  expect([hour.code, hour.stdout]).toEqual([0, expect.stringMatching(/^Without use it locks after 1 hour\.\n/)])
  expect((await grantdesk.unlocked(['vault', 'auto-lock', 'never'])).stdout).toMatch(/^Without use it locks never\.\n/)
  const { stdout } = await grantdesk.unlocked(['vault', 'auto-lock', '--json'])
  expect(JSON.parse(stdout)).toEqual({ afterMinutes: null, onSleep: true, onScreenLock: true })
})

it.each([
  ['vault', 'auto-lock', 'soon'],
  ['vault', 'auto-lock', '0m'],
  ['vault', 'auto-lock', '25h'],
  ['auto-refresh', 'work', 'maybe'],
])('calls %s %s %s wrong usage, and does not open the vault for it', async (...parameters) => {
  expect((await grantdesk.unlocked(parameters)).code).toBe(2)
  expect(existsSync(join(grantdesk.folder, 'vault.json'))).toBe(false)
})
