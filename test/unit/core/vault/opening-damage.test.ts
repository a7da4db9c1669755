// A damaged key slot or check: the right passphrase opens the vault all the same, and the damage is told.
import { expect, test } from 'vitest'
import { Secret } from '../../../../core/secret.ts'
import { openVault } from '../../../../core/vault/vault.ts'
import { damage, withCopy } from './changed-vault.ts'
import { memoryPorts } from './memory-ports.ts'
import { planted, sampleChanges } from './sample-records.ts'

const passphrase = new Secret('correct horse battery')

interface StoredDocument {
  slots: { jwe: string }[]
  check: string
}

async function damagedVault(change: (stored: StoredDocument) => void, { hasCopy = true } = {}) {
  const document = withCopy()
  const ports = { ...memoryPorts({ document }), keychain: null }
  const vault = openVault(ports)
  await vault.create(passphrase)
  await vault.write(sampleChanges)
  await vault.close()
  const stored = JSON.parse(document.text ?? '')
  change(stored)
  document.text = JSON.stringify(stored)
  if (!hasCopy) document.copyText = null
  const again = openVault(ports)
  await again.open()
  return { vault: again, document }
}

const damageSlot = ({ slots }: StoredDocument) => {
  for (const slot of slots) slot.jwe = damage(slot.jwe)
}
const damageSlotHeader = ({ slots }: StoredDocument) => {
  for (const slot of slots) slot.jwe = `A${slot.jwe.slice(1)}`
}
const damageCheck = (stored: StoredDocument) => {
  stored.check = damage(stored.check)
}

test.each([
  ['slot', 'slot', damageSlot, true],
  ['slot’s header', 'slot', damageSlotHeader, true],
  ['check', 'check', damageCheck, true],
  ['check, without a copy,', 'check', damageCheck, false],
])('a damaged %s keeps nobody out, is told, and is recovered', async (_, kind, change, hasCopy) => {
  const { vault, document } = await damagedVault(change, { hasCopy })
  expect(await vault.unlock(passphrase)).toMatchObject({ state: 'open' })
  expect(vault.damaged()).toMatchObject([{ kind, problem: 'damaged', recoverable: true }])
  expect((await vault.read('tokens', 'n1'))?.accessToken.reveal()).toBe(planted.accessToken)
  expect(await vault.recover()).toMatchObject({ recovered: [expect.stringContaining(`${kind}:`)], unrecoverable: [] })
  await vault.close()
  expect(document.copyText).toBe(document.text)
  await vault.open()
  expect(await vault.unlock(passphrase)).toMatchObject({ state: 'open' })
  expect(vault.damaged()).toEqual([])
})

test.each([damageSlot, damageCheck])('a wrong passphrase opens nothing there either (%o)', async (change) => {
  const { vault } = await damagedVault(change)
  await expect(vault.unlock(new Secret('another passphrase'))).rejects.toMatchObject({
    failure: { kind: 'wrong_passphrase' },
  })
})
