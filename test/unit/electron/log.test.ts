import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { fileLog } from '../../../electron/log.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'grantdesk-log-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('writes one JSON line each into a file for the person alone', () => {
  const path = join(folder, 'grantdesk.log')
  fileLog(path).write('info', 'vault opened', { slots: 1 })
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ level: 'info', message: 'vault opened', slots: 1 })
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600)
})

it('begins a new file when the old one is full', () => {
  const path = join(folder, 'grantdesk.log')
  writeFileSync(path, 'x'.repeat(1_000_001))
  fileLog(path).write('info', 'after')
  expect(existsSync(`${path}.1`)).toBe(true)
  expect(readFileSync(path, 'utf8')).toContain('after')
  expect(statSync(path).size).toBeLessThan(1_000)
})

it('costs the line, not the application, when the disk refuses', () => {
  expect(() => fileLog(join(folder, 'missing', 'grantdesk.log')).write('info', 'nowhere')).not.toThrow()
})
