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

const key = ['connect', 'plane', '--grant', 'api_key', '--name', 'key']
const failing: [string, string[], string][] = [
  ['an unknown service', ['connect', 'plain', '--passphrase-stdin'], `${passphrase}\n`],
  ['an unknown grant', ['connect', 'plane', '--grant', 'none', '--passphrase-stdin'], `${passphrase}\n`],
  [
    'what only the host refuses',
    [...key, '--resource', 'no address', '--passphrase-stdin', '--token-stdin'],
    `${passphrase}\nplane_api_key\n`,
  ],
  [
    'a name that is too long',
    ['connect', 'plane', '--grant', 'api_key', '--name', 'n'.repeat(81), '--passphrase-stdin', '--token-stdin'],
    `${passphrase}\nplane_api_key\n`,
  ],
  [
    'a test path that leads elsewhere',
    [...key, '--test-path', 'https://elsewhere.example/me', '--passphrase-stdin', '--token-stdin'],
    `${passphrase}\nplane_api_key\n`,
  ],
  [
    'a name that is too long for a new client’s connection',
    [
      'connect',
      'plane',
      '--client-id',
      'desk',
      '--name',
      'n'.repeat(81),
      '--passphrase-stdin',
      '--client-secret-stdin',
    ],
    `${passphrase}\nsecret\n`,
  ],
  [
    'a token that does not come',
    ['connect', 'plane', '--grant', 'api_key', '--passphrase-stdin', '--token-stdin'],
    `${passphrase}\n`,
  ],
  [
    'a passphrase that is too short',
    ['vault', 'passphrase', '--passphrase-stdin', '--password-stdin'],
    `${passphrase}\nshort\n`,
  ],
  ['a passphrase that is too short for the vault', ['vault', 'keychain', '--passphrase-stdin'], 'short\n'],
]

it.each(failing)('gets none from a command that fails on %s, and no folder either', async (_, parameters, input) => {
  const { code, stderr } = await grantdesk.run(parameters, { input })
  expect([code, stderr]).toEqual([expect.toBeOneOf([1, 2]), expect.not.stringContaining('no vault')])
  expect(existsSync(grantdesk.folder)).toBe(false)
})
