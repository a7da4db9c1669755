import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, it } from 'vitest'
import { type PartOptions, requestParts } from '../../../headless/request-parts.ts'
import { createSecretInput } from '../../../headless/secret-input.ts'

const folder = mkdtempSync(join(tmpdir(), 'grantdesk-parts-'))
const opened: number[] = []

function file(text: string): string {
  const path = join(folder, `part-${Math.random()}`)
  writeFileSync(path, text)
  return path
}
function descriptor(text: string): number {
  const fd = openSync(file(text), 'r')
  opened.push(fd)
  return fd
}
afterEach(() => {
  for (const fd of opened.splice(0)) closeSync(fd)
})
afterAll(() => rmSync(folder, { recursive: true }))

const read = (options: Partial<PartOptions>, passphraseFd?: number) =>
  requestParts({ header: [], ...options }).read(createSecretInput({ passphraseFd }))

it('come from one descriptor: passphrase, headers up to an empty line, and the body as it is', async () => {
  const fd = descriptor('the passphrase\nX-Key: a:b\nAccept: */*\r\n\nfirst\n\nlast\n')
  const parts = await read({ headersFd: fd, dataFd: fd, header: ['X-One: 1'] }, fd)
  expect(parts.headers).toEqual([
    ['X-One', '1'],
    ['X-Key', 'a:b'],
    ['Accept', '*/*'],
  ])
  expect(parts.body).toBe('first\n\nlast\n')
})

it('come from files, and from nowhere', async () => {
  expect(await read({ headersFile: file('X-Key: k\n'), dataFile: file('{"a": 1}\n') })).toEqual({
    headers: [['X-Key', 'k']],
    body: '{"a": 1}\n',
  })
  expect(await read({ data: 'typed' })).toEqual({ headers: [], body: 'typed' })
  await expect(read({ dataFile: join(folder, 'nothing') })).rejects.toThrow('cannot be read (ENOENT)')
})

it('are refused from two places, and where a header is none, without repeating it', async () => {
  expect(() => requestParts({ header: [], dataStdin: true, data: 'x' })).toThrow('Choose one place for the body.')
  expect(() => requestParts({ header: [], dataStdin: true, dataFd: 3 })).toThrow('--data-stdin')
  expect(() => requestParts({ header: [], headersFd: 3, headersFile: 'x' })).toThrow('Choose one place')
  const refused = read({ headersFd: descriptor('a-secret-alone\n') })
  await expect(refused).rejects.toThrow(/^A header is written as “name: value”\.$/)
})
