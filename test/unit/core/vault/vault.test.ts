import { describe, expect, test } from 'vitest'
import type { VaultStatus } from '../../../../contract/vault.ts'
import { Secret } from '../../../../core/secret.ts'
import { documentVersion } from '../../../../core/vault/document-versions.ts'
import { passphraseRounds } from '../../../../core/vault/passphrase-rounds.ts'
import { openVault } from '../../../../core/vault/vault.ts'
import { freeOwnership, memoryDocument, memoryKeychain, memoryPorts } from './memory-ports.ts'
import { planted, sampleChanges, tokens } from './sample-records.ts'

const passphrase = new Secret('correct horse battery')

async function filledVault(keychain = memoryKeychain()) {
  const ports = memoryPorts({ document: memoryDocument(), keychain })
  const vault = openVault(ports)
  await vault.open()
  await vault.write(sampleChanges)
  vault.close()
  return ports
}

async function passphraseVault() {
  const ports = memoryPorts({ document: memoryDocument(), keychain: null })
  const vault = openVault(ports)
  await vault.create(passphrase)
  await vault.write(sampleChanges)
  vault.close()
  return ports
}

describe('a fresh vault', () => {
  test('does no I/O before it is opened', () => {
    const ports = memoryPorts({ document: memoryDocument('not even JSON') })
    expect(openVault(ports).status()).toMatchObject({ state: 'locked', slots: [] })
  })

  test('is made at once behind a working keychain, and names it', async () => {
    const ports = memoryPorts({ document: memoryDocument() })
    const status = await openVault(ports).open()
    expect(status).toMatchObject({ state: 'open', openedWith: 'Test Keychain', slots: [{ kind: 'keychain' }] })
    expect(ports.document.text).toContain('grantdesk-vault')
  })

  test.each(['locked', 'unavailable', 'refused'] as const)('is not made while the keychain is %s', async (state) => {
    const keychain = memoryKeychain()
    keychain.state = state
    const ports = memoryPorts({ document: memoryDocument(), keychain })
    expect(await openVault(ports).open()).toEqual({ state: 'new', why: `The keychain is ${state}.` })
    expect(ports.document.text).toBeNull()
  })

  test('is not made behind a keychain that does not give the key back', async () => {
    const keychain = memoryKeychain()
    keychain.open = async () => new Secret(Buffer.alloc(32, 7).toString('base64url'))
    const ports = memoryPorts({ document: memoryDocument(), keychain })
    expect(await openVault(ports).open()).toMatchObject({ state: 'new' })
    expect(ports.document.text).toBeNull()
  })

  test('asks for a passphrase where there is no keychain, and opens with it the next time', async () => {
    const ports = memoryPorts({ document: memoryDocument(), keychain: null })
    const vault = openVault(ports)
    expect(await vault.open()).toMatchObject({ state: 'new' })
    expect(await vault.create(passphrase)).toMatchObject({ state: 'open', openedWith: 'Passphrase' })

    const next = openVault(ports)
    expect(await next.open()).toMatchObject({ state: 'locked', reason: 'passphrase_needed' })
    expect(await next.unlock(passphrase)).toMatchObject({ state: 'open', slots: [{ kind: 'passphrase' }] })
  })

  test('refuses a passphrase shorter than eight characters', async () => {
    const vault = openVault(memoryPorts({ keychain: null }))
    await expect(vault.create(new Secret('seven77'))).rejects.toMatchObject({ failure: { kind: 'invalid_input' } })
  })

  test('is reported as broken when its first document cannot be written', async () => {
    const document = memoryDocument()
    document.failWrites = true
    expect(await openVault(memoryPorts({ document })).open()).toMatchObject({ state: 'broken', file: '/vault.json' })
  })
})

describe('a vault that exists', () => {
  test('opens with the keychain and holds what was written', async () => {
    const ports = await filledVault()
    const vault = openVault(ports)
    expect(await vault.open()).toMatchObject({ state: 'open', openedWith: 'Test Keychain' })
    expect((await vault.read('tokens', 'n1'))?.accessToken.reveal()).toBe(planted.accessToken)
  })

  test.each([
    ['locked', 'keychain_locked'],
    ['unavailable', 'keychain_unavailable'],
    ['refused', 'keychain_unavailable'],
  ] as const)('never gets a new key while the keychain is %s', async (state, reason) => {
    const keychain = memoryKeychain()
    const ports = await filledVault(keychain)
    const before = ports.document.text
    keychain.state = state
    const vault = openVault(ports)
    expect(await vault.open()).toMatchObject({ state: 'locked', reason, why: `The keychain is ${state}.` })
    expect(await vault.retry()).toMatchObject({ state: 'locked', reason })
    await expect(vault.create(passphrase)).rejects.toMatchObject({ failure: { kind: 'conflict' } })
    expect(keychain.seals).toBe(1)
    expect(ports.document.text).toBe(before)

    keychain.state = 'working'
    expect(await vault.retry()).toMatchObject({ state: 'open' })
    expect(await vault.list('connection')).toHaveLength(1)
  })

  test('never gets a new key when the keychain has lost its entry, or gives another', async () => {
    const keychain = memoryKeychain()
    const ports = await filledVault(keychain)
    const before = ports.document.text
    for (const [vaultId] of keychain.entries) keychain.entries.set(vaultId, Buffer.alloc(32, 1).toString('base64url'))
    expect(await openVault(ports).open()).toMatchObject({ state: 'locked', reason: 'keychain_unavailable' })
    keychain.entries.clear()
    expect(await openVault(ports).open()).toMatchObject({ state: 'locked', reason: 'keychain_unavailable' })
    expect(keychain.seals).toBe(1)
    expect(ports.document.text).toBe(before)
  })

  test('shows the slot of the other mechanism as one that cannot be opened here', async () => {
    const ports = await filledVault(memoryKeychain('electron-safe-storage'))
    const status = await openVault({ ...ports, keychain: memoryKeychain('keyring') }).open()
    expect(status).toMatchObject({ state: 'locked', reason: 'keychain_unavailable', slots: [{ openable: false }] })
  })

  test('gets no keychain slot behind the back of who opened it with a passphrase', async () => {
    const ports = await passphraseVault()
    const keychain = memoryKeychain()
    const before = ports.document.text
    const vault = openVault({ ...ports, keychain })
    expect(await vault.open()).toMatchObject({ state: 'locked', reason: 'passphrase_needed' })
    await vault.unlock(passphrase)
    expect(keychain.seals).toBe(0)
    expect(ports.document.text).toBe(before)
  })

  test('is not taken for a fresh one when its file disappears while Grantdesk runs', async () => {
    const ports = await filledVault()
    const vault = openVault(ports)
    await vault.open()
    vault.lock()
    ports.document.text = null
    expect(await vault.retry()).toMatchObject({ state: 'broken' })
    expect(ports.document.text).toBeNull()
  })

  test('says who has it when another host does, and writes nothing', async () => {
    const holder = { host: 'desktop', pid: 7, since: 1, machine: 'here' } as const
    const ports = memoryPorts({
      document: memoryDocument(),
      ownership: { take: () => ({ taken: false, holder }), release() {} },
    })
    const vault = openVault(ports)
    expect(await vault.open()).toEqual({ state: 'busy', holder })
    await expect(vault.create(passphrase)).rejects.toMatchObject({ failure: { kind: 'vault_busy' } })
    expect(ports.document.text).toBeNull()
  })
})

describe('a keychain that is another one by now', () => {
  test('is named as what it is today, with what it was when the vault was made', async () => {
    const keychain = memoryKeychain()
    const ports = await filledVault(keychain)
    keychain.backend = async () => 'Other Keychain'
    const vault = openVault(ports)
    const slots = [{ kind: 'keychain', label: 'Other Keychain', madeWith: 'Test Keychain' }]
    expect(await vault.open()).toMatchObject({ state: 'open', openedWith: 'Other Keychain', slots })
    await vault.lock()
    expect(vault.status()).toMatchObject({ state: 'locked', slots })
  })

  test('and has not the key, says where it was put', async () => {
    const keychain = memoryKeychain()
    const ports = await filledVault(keychain)
    keychain.entries.clear()
    expect(await openVault(ports).open()).toMatchObject({ state: 'locked', why: 'No such entry.' })
    keychain.backend = async () => 'Other Keychain'
    expect(await openVault(ports).open()).toMatchObject({
      state: 'locked',
      reason: 'keychain_unavailable',
      why: 'No such entry. The key was put into Test Keychain, and this system uses Other Keychain now.',
      slots: [{ label: 'Test Keychain' }],
    })
  })
})

describe('a document that cannot be trusted', () => {
  const newer = JSON.stringify({ format: 'grantdesk-vault', version: documentVersion + 1, anything: true })
  const cut = JSON.stringify({ format: 'grantdesk-vault', version: 1, vaultId: 'v' })
  test.each([
    ['garbage', '{"half'],
    ['something else', '{"hello":"world"}'],
    ['an empty list', '[]'],
    ['a newer version', newer],
    ['one with parts missing', cut],
    ['one without a slot', JSON.stringify({ ...JSON.parse(cut), createdAt: 1, slots: [], check: '', records: {} })],
  ])('is left as it is: %s', async (_name, text) => {
    const document = memoryDocument(text)
    const vault = openVault(memoryPorts({ document }))
    const status = await vault.open()
    expect(status).toMatchObject({ state: 'broken', file: '/vault.json' })
    await expect(vault.create(passphrase)).rejects.toMatchObject({ failure: { kind: 'vault_broken' } })
    await expect(vault.unlock(passphrase)).rejects.toMatchObject({ failure: { kind: 'vault_broken' } })
    expect(document.text).toBe(text)
    expect(document.writes).toBe(0)
  })

  test('of a newer Grantdesk is named as such', async () => {
    const status = await openVault(memoryPorts({ document: memoryDocument(newer) })).open()
    expect(status.state === 'broken' && status.why).toMatch(/newer Grantdesk/)
  })
})

describe('a wrong passphrase', () => {
  test('is refused, and each one in a row makes the next attempt wait longer, five seconds at most', async () => {
    const ports = await passphraseVault()
    const waits: number[] = []
    const vault = openVault(ports, { pause: async (milliseconds) => waits.push(milliseconds) })
    for (let attempt = 0; attempt < 6; attempt += 1) {
      await expect(vault.unlock(new Secret('wrong'))).rejects.toMatchObject({ failure: { kind: 'wrong_passphrase' } })
    }
    expect(vault.status()).toMatchObject({ state: 'locked', reason: 'passphrase_needed' })
    await vault.unlock(passphrase)
    expect(waits).toEqual([0, 500, 1000, 2000, 4000, 5000, 5000])
    vault.lock()
    await vault.unlock(passphrase)
    expect(waits.at(-1)).toBe(0)
  })

  test('counts although the vault is locked in the same moment', async () => {
    const ports = await passphraseVault()
    const waits: number[] = []
    const ownership = {
      ...freeOwnership(),
      take() {
        vault.lock()
        return { taken: true as const }
      },
    }
    const vault = openVault({ ...ports, ownership }, { pause: async (milliseconds) => waits.push(milliseconds) })
    for (let attempt = 0; attempt < 3; attempt += 1) await vault.unlock(new Secret('wrong')).catch(() => undefined)
    expect(waits).toEqual([0, 500, 1000])
  })

  test('does not open a slot brought in from another vault', async () => {
    const [one, other] = [await passphraseVault(), await passphraseVault()]
    const [mine, theirs] = [JSON.parse(one.document.text ?? ''), JSON.parse(other.document.text ?? '')]
    one.document.text = JSON.stringify({ ...mine, slots: theirs.slots })
    await expect(openVault(one).unlock(passphrase)).rejects.toMatchObject({ failure: { kind: 'wrong_passphrase' } })
  })
})

test('a passphrase slot of another version is not taken for a wrong passphrase', async () => {
  const ports = await passphraseVault()
  const stored = JSON.parse(ports.document.text ?? '')
  const [, ...rest] = stored.slots[0].jwe.split('.')
  const header = Buffer.from(JSON.stringify({ alg: 'dir', enc: 'A256GCM', kdf: 'of tomorrow' })).toString('base64url')
  stored.slots[0].jwe = [header, ...rest].join('.')
  ports.document.text = JSON.stringify(stored)
  await expect(openVault(ports).unlock(passphrase)).rejects.toMatchObject({ failure: { kind: 'vault_broken' } })
})

test.each([
  ['two passphrases', () => ['passphrase', 'passphrase']],
  ['nine keychains', () => Array.from({ length: 9 }, () => 'keychain')],
])('a file with %s is no vault: it does not choose how long a guess or a start takes', async (_, kinds) => {
  const ports = await passphraseVault()
  const whole = JSON.parse(ports.document.text ?? '')
  const slotOf = (kind: string) =>
    kind === 'passphrase' ? whole.slots[0] : { kind, id: 'k', keychain: 'keyring', label: 'Test', sealed: 'x' }
  ports.document.text = JSON.stringify({ ...whole, slots: kinds().map(slotOf) })
  expect(await openVault(ports).open()).toMatchObject({ state: 'broken', why: expect.stringContaining('damaged') })
})

test('a passphrase slot is a JWE under a key derived with at least the iterations that OWASP asks for', async () => {
  const document = memoryDocument()
  const vault = openVault(memoryPorts({ document, keychain: null, passphraseRounds }))
  await vault.create(passphrase)
  await vault.close()
  const header = JSON.parse(
    Buffer.from(JSON.parse(document.text ?? '').slots[0].jwe.split('.')[0], 'base64url').toString(),
  )
  expect(header).toMatchObject({ alg: 'dir', enc: 'A256GCM', kdf: 'PBKDF2-HS512' })
  expect(header.p2c).toBeGreaterThanOrEqual(210_000)
})

describe('locking', () => {
  test('shuts every call on the records, stays by itself, and is undone by asking again', async () => {
    const vault = openVault(await filledVault())
    await vault.open()
    vault.lock()
    expect(vault.status()).toMatchObject({ state: 'locked', reason: 'locked_by_hand', slots: [{ openable: true }] })
    const locked = { failure: { kind: 'vault_locked' } }
    await expect(vault.read('tokens', 'n1')).rejects.toMatchObject(locked)
    await expect(vault.list('connection')).rejects.toMatchObject(locked)
    await expect(vault.write([])).rejects.toMatchObject(locked)
    expect(() => vault.pseudonym('x')).toThrow('The vault is locked.')
    expect(await vault.open()).toMatchObject({ state: 'locked', reason: 'locked_by_hand' })
    expect(await vault.retry()).toMatchObject({ state: 'open' })
    expect(await vault.list('connection')).toHaveLength(1)
  })

  test('lets a write that was accepted before reach the disk', async () => {
    const ports = await filledVault()
    const vault = openVault(ports)
    await vault.open()
    const writing = vault.write([{ put: 'tokens', id: 'n1', value: tokens('just refreshed') }])
    vault.close()
    await writing
    await vault.open()
    expect((await vault.read('tokens', 'n1'))?.accessToken.reveal()).toBe('just refreshed')
  })

  test('wins over an opening that was asked for before', async () => {
    const ports = await filledVault()
    const vault = openVault(ports)
    const opening = vault.open()
    vault.close()
    expect(await opening).toMatchObject({ state: 'locked' })
    expect(vault.status()).toMatchObject({ state: 'locked' })
    expect(ports.ownership.held).toBe(false)
  })

  test('closing gives up ownership', async () => {
    const ownership = freeOwnership()
    const vault = openVault(memoryPorts({ ownership }))
    await vault.open()
    vault.close()
    await vault.open()
    expect(ownership.released).toBe(1)
    expect(vault.status()).toMatchObject({ state: 'open' })
  })
})

test('every change of the status is told, until it is no longer wanted', async () => {
  const vault = openVault(memoryPorts({}))
  const told: VaultStatus['state'][] = []
  const stop = vault.onStatus((status) => told.push(status.state))
  await vault.open()
  vault.lock()
  stop()
  await vault.retry()
  expect(told).toEqual(['open', 'locked'])
})

test('a pseudonym is the same for the same secret in one vault, another in another, and says nothing', async () => {
  const ports = await filledVault()
  const vault = openVault(ports)
  await vault.open()
  const name = vault.pseudonym(planted.accessToken)
  expect(name).toMatch(/^[0-9a-f]{8}$/)
  expect(vault.pseudonym(planted.accessToken)).toBe(name)
  expect(vault.pseudonym(planted.refreshToken)).not.toBe(name)
  vault.close()
  const again = openVault(ports)
  await again.open()
  expect(again.pseudonym(planted.accessToken)).toBe(name)
  const other = openVault(memoryPorts({}))
  await other.open()
  expect(other.pseudonym(planted.accessToken)).not.toBe(name)
})
