import { beforeEach, describe, expect, test } from 'vitest'
import { parseDocument, type VaultDocument } from '../../../../core/vault/document.ts'
import { watchFile } from '../../../../core/vault/watched-file.ts'

/** A file in memory whose metadata is counted up by each change. */
function fileInMemory() {
  const file = {
    text: null as string | null,
    changes: 0,
    reads: 0,
    failWrites: false,
    onRead: () => {},
    mark: () => (file.text === null ? null : String(file.changes)),
    read() {
      file.reads += 1
      const text = file.text
      file.onRead()
      return text === null ? undefined : JSON.parse(text)
    },
    write(document: object) {
      file.changes += 1
      if (file.failWrites) throw new Error('full')
      file.text = JSON.stringify(document)
    },
    /** Another program writes. */
    become(text: string | null) {
      file.text = text
      file.changes += 1
    },
  }
  return file
}

function document(records: Record<string, string>): VaultDocument {
  const slots = [{ id: 's', kind: 'passphrase', jwe: 'j' }]
  const raw = {
    format: 'grantdesk-vault',
    version: 3,
    vaultId: 'v',
    createdAt: 1,
    slots,
    check: 'c',
    records,
    index: {},
  }
  const parsed = parseDocument(raw)
  if ('why' in parsed) throw new Error(parsed.why)
  return parsed.document
}

let file: ReturnType<typeof fileInMemory>
let watched: ReturnType<typeof watchFile>
const stored = document({ 'tokens:1': 'a' })

beforeEach(() => {
  file = fileInMemory()
  watched = watchFile(file)
  watched.write(stored, 'becomes_copy')
})

describe('the watched file', () => {
  test('is not read again while its metadata is the same', () => {
    expect(watched.holds(stored)).toBe(true)
    expect(file.reads).toBe(0)
  })

  test('holds the same document where only its metadata differs, and is then not read again', () => {
    file.become(file.text)
    expect(watched.holds(stored)).toBe(true)
    expect(watched.holds(stored)).toBe(true)
    expect(file.reads).toBe(1)
  })

  test.each([
    ['another record', JSON.stringify(document({ 'tokens:1': 'b' }))],
    ['something else', '[]'],
    ['half of it', '{"format":'],
  ])('does not hold it where another program wrote %s', (_, text) => {
    file.become(text)
    expect(watched.holds(stored)).toBe(false)
  })

  test('is missing where it was taken away', () => {
    file.become(null)
    expect(watched.holds(stored)).toBe(false)
    expect(watched.isMissing()).toBe(true)
    expect(watched.wasMissing()).toBe(false)
  })

  test('holds what it held when a write fails', () => {
    file.failWrites = true
    expect(() => watched.write(document({}), 'becomes_copy')).toThrow('full')
    expect(watched.holds(stored)).toBe(true)
    expect(file.reads).toBe(0)
  })

  test('is read again where it changes while it is read', () => {
    file.onRead = () => {
      file.onRead = () => {}
      file.become(JSON.stringify(document({ 'tokens:1': 'b' })))
    }
    expect(watched.read()).toMatchObject({ records: { 'tokens:1': 'b' } })
  })
})
