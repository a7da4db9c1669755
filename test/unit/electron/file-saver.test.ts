import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fileSaver } from '../../../electron/file-saver.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'grantdesk-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** A saver whose dialog is answered with `filePath`, and what the dialog was asked. */
function saverAnswered(filePath: string | null) {
  const asked: unknown[] = []
  const showSaveDialog = async (...options: unknown[]) => {
    asked.push(options.at(-1))
    return { canceled: filePath === null, filePath: filePath ?? '' }
  }
  return {
    asked,
    saver: fileSaver(
      { showSaveDialog },
      () => null,
      () => '/home/ada/Documents',
    ),
  }
}

test('the dialog begins in the person’s documents with the name, and nothing is written until it is answered', async () => {
  const { saver, asked } = saverAnswered(null)
  expect(await saver.choose('grantdesk.backup.jwe')).toBeNull()
  expect(asked).toEqual([expect.objectContaining({ defaultPath: '/home/ada/Documents/grantdesk.backup.jwe' })])
})

test('the file is written whole for its owner alone, also over one that was there', async () => {
  const file = join(folder, 'mine.jwe')
  writeFileSync(file, 'before', { mode: 0o644 })
  const place = await saverAnswered(file).saver.choose('grantdesk.backup.jwe')
  const unfinished = place?.prepare('sealed')
  expect(readFileSync(file, 'utf8')).toBe('before')
  unfinished?.finish()
  unfinished?.drop()
  expect([place?.path, readFileSync(file, 'utf8'), readdirSync(folder)]).toEqual([file, 'sealed', ['mine.jwe']])
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)
})
