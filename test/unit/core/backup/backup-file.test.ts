import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeBackup } from '../../../../core/backup/backup-file.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'grantdesk-'))
  file = join(folder, 'all.jwe')
})
afterEach(() => rmSync(folder, { recursive: true }))

test('a backup is written for its owner only, and nothing else is left', () => {
  writeBackup(file, 'sealed')
  expect([readFileSync(file, 'utf8'), readdirSync(folder)]).toEqual(['sealed', ['all.jwe']])
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)
})

test('a file that is there is not written over', () => {
  writeFileSync(file, 'another')
  expect(() => writeBackup(file, 'sealed')).toThrow(expect.objectContaining({ code: 'EEXIST' }))
  expect([readFileSync(file, 'utf8'), readdirSync(folder)]).toEqual(['another', ['all.jwe']])
})

test('a folder that is not there is told by the system’s own code', () => {
  expect(() => writeBackup(join(folder, 'no', 'all.jwe'), 'sealed')).toThrow(
    expect.objectContaining({ code: 'ENOENT' }),
  )
})
