import { expect, test } from 'vitest'
import { parseDocument, type VaultDocument } from '../../../../core/vault/document.ts'
import { boundCheck, isDowngraded } from '../../../../core/vault/downgrade.ts'
import { openVault } from '../../../../core/vault/vault.ts'
import { memoryDocument, memoryPorts } from './memory-ports.ts'
import { dataKeyOf, sealedBefore } from './resealed.ts'
import { sampleChanges } from './sample-records.ts'

/** A vault's document as it is written now, and its key. */
async function written(): Promise<{ key: Uint8Array; document: VaultDocument }> {
  const ports = memoryPorts({ document: memoryDocument() })
  const vault = openVault(ports)
  await vault.open()
  await vault.write(sampleChanges)
  await vault.close()
  const key = await dataKeyOf(ports)
  const parsed = parseDocument(JSON.parse(ports.document.text ?? ''))
  if ('why' in parsed) throw new Error(parsed.why)
  return { key, document: parsed.document }
}

/** All of it as it was sealed before, and without a list. */
function asVersion1(key: Uint8Array, document: VaultDocument): VaultDocument {
  const { vaultId, records } = document
  const names = records.names()
  records.apply(names.map((name) => ({ name, value: sealedBefore(key, { vaultId, name }, records.get(name) ?? '') })))
  return { ...document, index: null, check: sealedBefore(key, { vaultId, name: 'check' }, document.check) }
}

test('a document of today is none, and neither is one that version 1 or 2 wrote', async () => {
  const { key, document } = await written()
  expect(isDowngraded(key, document)).toBe(false)
  const earlier = asVersion1(key, document)
  expect(isDowngraded(key, earlier)).toBe(false)
  expect(isDowngraded(key, { ...earlier, index: 'a list' })).toBe(false)
})

test('one with today’s check, or with one of today’s records, passes for no earlier version', async () => {
  const { key, document } = await written()
  const { check } = document
  const name = 'tokens:n1'
  const record = document.records.get(name) ?? ''
  const earlier = asVersion1(key, document)
  for (const index of [null, 'a list']) {
    expect(isDowngraded(key, { ...earlier, index, check })).toBe(true)
    const before = earlier.records.get(name) ?? ''
    earlier.records.apply([{ name, value: record }])
    expect(isDowngraded(key, { ...earlier, index })).toBe(true)
    earlier.records.apply([{ name, value: before }])
  }
})

test('a check that is bound already stays, and another is made anew', async () => {
  const { key, document } = await written()
  expect(boundCheck(key, document)).toBe(document.check)
  const earlier = asVersion1(key, document)
  const bound = boundCheck(key, earlier)
  expect(isDowngraded(key, { ...earlier, check: bound })).toBe(true)
})
