// A folder without a vault, such as a mistyped GRANTDESK_HOME names: what only reads makes nothing there and says where it
// looked; what writes for the first time makes the vault.
import { existsSync, readdirSync } from 'node:fs'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openTestCommandLine, passphrase, type TestCommandLine } from './grantdesk-process.ts'

let grantdesk: TestCommandLine
beforeEach(() => {
  grantdesk = openTestCommandLine()
})
afterEach(() => grantdesk.close())

const reading = [
  ['list'],
  ['show', 'x'],
  ['token', 'x'],
  ['history'],
  ['flows', 'x'],
  ['clients'],
  ['vault'],
  ['vault', 'auto-lock', '5m'],
  ['vault', 'recover'],
  ['remove', 'x', '--yes'],
]

it('is named by whatever reads, and stays as it was', async () => {
  const said = await Promise.all(reading.map((parameters) => grantdesk.unlocked(parameters)))
  for (const [at, { code, stdout, stderr }] of said.entries()) {
    expect([reading[at], code, stdout]).toEqual([reading[at], 1, ''])
    expect(stderr).toContain(`grantdesk: There is no vault in ${grantdesk.folder}.\nGRANTDESK_HOME names this folder`)
  }
  expect(existsSync(grantdesk.folder)).toBe(false)
})

it('is not needed to see which services can be connected', async () => {
  const { code, stdout } = await grantdesk.run(['services'])
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^plane +Plane/m)])
  expect((await grantdesk.run(['services', 'export', 'plane'])).stdout).toContain('"plane"')
  expect(existsSync(grantdesk.folder)).toBe(false)
})

it('gets a vault from what writes', async () => {
  const parameters = ['connect', 'plane', '--grant', 'api_key', '--base-url', 'http://127.0.0.1:1', '--name', 'key']
  const input = `${passphrase}\nplane_api_key\n`
  await grantdesk.run([...parameters, '--token-stdin', '--passphrase-stdin'], { input })
  expect(readdirSync(grantdesk.folder)).toEqual(expect.arrayContaining(['vault.json']))
  expect((await grantdesk.unlocked(['list'])).stdout).toContain('key')
})
