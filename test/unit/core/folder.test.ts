import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { prepareFolder, vaultFolder } from '../../../core/folder.ts'

test.each([
  ['linux', {}, '/home/ada', '/home/ada/.config/grantdesk'],
  ['linux', { XDG_CONFIG_HOME: '/conf' }, '/home/ada', '/conf/grantdesk'],
  ['linux', { XDG_CONFIG_HOME: 'not/absolute' }, '/home/ada', '/home/ada/.config/grantdesk'],
  ['linux', { GRANTDESK_HOME: '/elsewhere', XDG_CONFIG_HOME: '/conf' }, '/home/ada', '/elsewhere'],
  ['darwin', {}, '/Users/ada', '/Users/ada/Library/Application Support/Grantdesk'],
  [
    'win32',
    { APPDATA: 'C:\\Users\\ada\\AppData\\Roaming' },
    'C:\\Users\\ada',
    'C:\\Users\\ada\\AppData\\Roaming\\Grantdesk',
  ],
  ['win32', {}, 'C:\\Users\\ada', 'C:\\Users\\ada\\AppData\\Roaming\\Grantdesk'],
] as const)('on %s with %o the vault lies where the platform keeps application data', (platform, env, home, folder) => {
  expect(vaultFolder(env, platform, home)).toBe(folder)
})

test.skipIf(process.platform === 'win32')('the folder is closed to everybody else, even if it was open before', () => {
  const parent = mkdtempSync(join(tmpdir(), 'grantdesk-'))
  const folder = join(parent, 'deep', 'vault')
  prepareFolder(folder)
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  const open = join(parent, 'open')
  mkdirSync(open, { mode: 0o755 })
  prepareFolder(open)
  expect(statSync(open).mode & 0o777).toBe(0o700)
  rmSync(parent, { recursive: true })
})
