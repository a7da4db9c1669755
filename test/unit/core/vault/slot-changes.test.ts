import { pbkdf2Sync, randomBytes } from 'node:crypto'
import { CompactEncrypt } from 'jose'
import { describe, expect, test } from 'vitest'
import { Secret } from '../../../../core/secret.ts'
import { addingKeychain, removingSlot, settingPassphrase } from '../../../../core/vault/slot-changes.ts'
import { openVault } from '../../../../core/vault/vault.ts'
import { memoryDocument, memoryKeychain, memoryPorts } from './memory-ports.ts'
import { sampleChanges } from './sample-records.ts'

const first = new Secret('correct horse battery')
const second = new Secret('another way to say it')

async function passphraseVault(keychain: ReturnType<typeof memoryKeychain> | null = null) {
  const ports = memoryPorts({ document: memoryDocument(), keychain: null })
  const paused: number[] = []
  const vault = openVault({ ...ports, keychain }, { pause: async (ms) => paused.push(ms) })
  await (keychain ? vault.open() : vault.create(first))
  await vault.write(sampleChanges)
  return { ports, vault, paused }
}

type FilledPorts = Awaited<ReturnType<typeof passphraseVault>>['ports']

/** Another process, later: nothing of this one's memory. */
function again(ports: FilledPorts, keychain: ReturnType<typeof memoryKeychain> | null = null) {
  return openVault({ ...ports, keychain }, { pause: async () => undefined })
}

const slotsOf = (text: string | null) => JSON.parse(text ?? '{}').slots as { kind: string; id: string; jwe?: string }[]

describe('changing the passphrase', () => {
  test('takes the present one, and the old one opens nothing afterwards', async () => {
    const { ports, vault } = await passphraseVault()
    expect(await vault.changeSlots(settingPassphrase(second, first))).toMatchObject({ state: 'open' })
    await vault.close()
    const later = again(ports)
    await later.open()
    await expect(later.unlock(first)).rejects.toMatchObject({ failure: { kind: 'wrong_passphrase' } })
    expect(await later.unlock(second)).toMatchObject({ state: 'open', openedWith: 'Passphrase' })
    expect(await later.list('connection')).toHaveLength(1)
  })

  test('is refused without the present one, slower with each wrong one, and changes nothing', async () => {
    const { ports, vault, paused } = await passphraseVault()
    const before = ports.document.text
    for (const present of [second, null, second, second]) {
      const change = vault.changeSlots(settingPassphrase(second, present))
      await expect(change).rejects.toMatchObject({ failure: { kind: 'wrong_passphrase' } })
    }
    expect(paused).toEqual([0, 500, 1000])
    expect(ports.document.text).toBe(before)
  })

  test('is guessed no faster by changing another way to open the vault in between', async () => {
    const { vault, paused } = await passphraseVault()
    const guess = () => vault.changeSlots(settingPassphrase(second, second)).catch(() => undefined)
    for (let time = 0; time < 3; time++) {
      await guess()
      await vault.changeSlots(addingKeychain(memoryKeychain()))
    }
    await guess()
    expect(paused).toEqual([0, 500, 1000, 2000])
  })

  test('starts the count of wrong ones anew when the present one is right', async () => {
    const { vault, paused } = await passphraseVault()
    const changeFrom = (present: Secret) => vault.changeSlots(settingPassphrase(second, present))
    await expect(changeFrom(second)).rejects.toThrow()
    await changeFrom(first)
    await changeFrom(second)
    expect(paused).toEqual([0, 500, 0])
  })

  test('keeps nothing else waiting while a wrong one makes the next one wait', async () => {
    const ports = memoryPorts({ document: memoryDocument(), keychain: null })
    const waits: (() => void)[] = []
    const pause = (ms: number) => new Promise<void>((resolve) => (ms === 0 ? resolve() : waits.push(resolve)))
    const vault = openVault(ports, { pause })
    await vault.create(first)
    const guesses = [second, second].map((present) => vault.changeSlots(settingPassphrase(second, present)))
    await expect(guesses[0]).rejects.toThrow()
    await vault.write(sampleChanges)
    expect(waits).toHaveLength(1)
    waits[0]?.()
    await expect(guesses[1]).rejects.toThrow()
  })

  test('is refused for one that is too short', () => {
    expect(() => settingPassphrase(new Secret('short'), first)).toThrow(/at least/)
  })

  test('changes nothing where the disk is full', async () => {
    const { ports, vault } = await passphraseVault()
    ports.document.failWrites = true
    await expect(vault.changeSlots(settingPassphrase(second, first))).rejects.toMatchObject({
      failure: { kind: 'vault_broken' },
    })
    ports.document.failWrites = false
    await vault.close()
    const later = again(ports)
    await later.open()
    expect(await later.unlock(first)).toMatchObject({ state: 'open' })
  })
})

describe('keychain and passphrase', () => {
  test('both open a vault that has both', async () => {
    const keychain = memoryKeychain()
    const { ports, vault } = await passphraseVault(keychain)
    expect(await vault.changeSlots(settingPassphrase(first, null))).toMatchObject({
      slots: [{ kind: 'keychain' }, { kind: 'passphrase' }],
    })
    await vault.close()
    expect(await again(ports, keychain).open()).toMatchObject({ state: 'open', openedWith: 'Test Keychain' })
    keychain.state = 'locked'
    const later = again(ports, keychain)
    expect(await later.open()).toMatchObject({ state: 'locked', reason: 'keychain_locked' })
    expect(await later.unlock(first)).toMatchObject({ state: 'open', openedWith: 'Passphrase' })
  })

  test('a keychain is added to a vault that had a passphrase', async () => {
    const { ports, vault } = await passphraseVault()
    const keychain = memoryKeychain()
    await vault.changeSlots(addingKeychain(keychain))
    await vault.close()
    expect(await again(ports, keychain).open()).toMatchObject({ state: 'open', openedWith: 'Test Keychain' })
  })

  test('a keychain that is locked or missing is not added, and says why', async () => {
    const { ports, vault } = await passphraseVault()
    const before = ports.document.text
    const keychain = memoryKeychain()
    keychain.state = 'locked'
    for (const broken of [keychain, null]) {
      await expect(vault.changeSlots(addingKeychain(broken))).rejects.toMatchObject({
        failure: { kind: 'not_supported' },
      })
    }
    expect(ports.document.text).toBe(before)
  })

  test('a way that is removed opens nothing any more, and the keychain forgets its entry', async () => {
    const keychain = memoryKeychain()
    const { ports, vault } = await passphraseVault(keychain)
    await vault.changeSlots(settingPassphrase(first, null))
    const slot = slotsOf(ports.document.text).find(({ kind }) => kind === 'keychain')
    expect(await vault.changeSlots(removingSlot(slot?.id ?? '', keychain))).toMatchObject({
      slots: [{ kind: 'passphrase' }],
    })
    expect(keychain.entries.size).toBe(0)
    await vault.close()
    expect(await again(ports, keychain).open()).toMatchObject({ state: 'locked', reason: 'passphrase_needed' })
  })

  test('the last way cannot be removed, and an unknown one is told', async () => {
    const { ports, vault } = await passphraseVault()
    const [slot] = slotsOf(ports.document.text)
    const removing = (id: string) => vault.changeSlots(removingSlot(id, null))
    await expect(removing(slot?.id ?? '')).rejects.toMatchObject({ failure: { kind: 'conflict' } })
    await expect(removing('other')).rejects.toMatchObject({ failure: { kind: 'not_found' } })
  })

  test('nothing is changed in a vault that is locked', async () => {
    const { vault } = await passphraseVault()
    vault.lock()
    await expect(vault.changeSlots(settingPassphrase(second, first))).rejects.toMatchObject({
      failure: { kind: 'vault_locked' },
    })
  })
})

test('a passphrase derived with weaker parameters is derived anew when it opens the vault', async () => {
  const { ports, vault } = await passphraseVault()
  let key = new Uint8Array()
  await vault.changeSlots({
    async make({ slots, key: dataKey }) {
      key = Uint8Array.from(dataKey)
      return { slots }
    },
  })
  await vault.close()
  const salt = randomBytes(16)
  const derived = pbkdf2Sync(first.reveal(), salt, 500, 32, 'sha512')
  const jwe = await new CompactEncrypt(key)
    .setProtectedHeader({
      alg: 'dir',
      enc: 'A256GCM',
      ...{ kdf: 'PBKDF2-HS512', p2s: salt.toString('base64url'), p2c: 500 },
    })
    .encrypt(new Uint8Array(derived))
  const document = JSON.parse(ports.document.text ?? '')
  document.slots[0].jwe = jwe
  ports.document.text = JSON.stringify(document)

  const later = again(ports)
  await later.open()
  await later.unlock(first)
  await later.write([])
  const renewed = slotsOf(ports.document.text)[0]?.jwe ?? ''
  const header = JSON.parse(Buffer.from(renewed.split('.')[0] ?? '', 'base64url').toString())
  expect(header.p2c).toBe(1_000)
  await later.close()
  const last = again(ports)
  await last.open()
  expect(await last.unlock(first)).toMatchObject({ state: 'open' })
})

test('a passphrase says how slowly its key comes and when it was set', async () => {
  const { vault } = await passphraseVault()
  expect(vault.status()).toMatchObject({
    slots: [{ derivation: 'PBKDF2-HMAC-SHA512, 1,000 rounds', setAt: 1_700_000_000_000 }],
  })
})
