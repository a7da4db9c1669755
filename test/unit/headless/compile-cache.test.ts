import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { cacheHome, privateFolder } from '../../../headless/compile-cache.ts'

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'grantdesk-cache-'))
})
afterEach(() => rmSync(home, { recursive: true }))

it('lies where the platform keeps what can be made again', () => {
  expect(cacheHome({}, 'linux', '/home/ada')).toBe('/home/ada/.cache')
  expect(cacheHome({ XDG_CACHE_HOME: '/fast' }, 'linux', '/home/ada')).toBe('/fast')
  expect(cacheHome({ XDG_CACHE_HOME: 'relative' }, 'linux', '/home/ada')).toBe('/home/ada/.cache')
  expect(cacheHome({}, 'darwin', '/Users/ada')).toBe('/Users/ada/Library/Caches')
  expect(cacheHome({ LOCALAPPDATA: 'C:\\Local' }, 'win32', 'C:\\ada')).toBe('C:\\Local')
})

it('is made for its owner alone', () => {
  const folder = join(home, 'a', 'grantdesk')
  expect(privateFolder(folder)).toBe(folder)
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  expect(privateFolder(folder)).toBe(folder)
})

it('is not used where others could put code into it', () => {
  const open = join(home, 'open')
  mkdirSync(open)
  chmodSync(open, 0o777)
  expect(privateFolder(open)).toBeNull()
  symlinkSync(home, join(home, 'link'))
  expect(privateFolder(join(home, 'link'))).toBeNull()
  writeFileSync(join(home, 'file'), '')
  expect(privateFolder(join(home, 'file'))).toBeNull()
  expect(privateFolder(join(home, 'file', 'below'))).toBeNull()
})
