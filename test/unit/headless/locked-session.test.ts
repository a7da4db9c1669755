import { expect, test } from 'vitest'
import type { VaultStatus } from '../../../contract/vault.ts'
import { openVault } from '../../../headless/session.ts'

const slots: Extract<VaultStatus, { state: 'locked' }>['slots'] = [
  { kind: 'keychain', id: 'k', label: 'Test Keychain', openable: true },
]

/** A running host whose keychain would open the vault at once. */
function host(reason: Extract<VaultStatus, { state: 'locked' }>['reason']) {
  const asked: string[] = []
  const call = async (name: string) => {
    asked.push(name)
    if (name === 'vault.retry') return { ok: true, value: { state: 'open' } }
    return { ok: true, value: { state: 'locked', reason, why: 'Nobody used it for 15 minutes.', slots } }
  }
  return { asked, door: { call, listen: () => () => undefined } as never }
}

const nobodyAsked = { passphraseGiven: false } as never

test.each([
  ['locked_by_hand', 'The vault is locked.'],
  ['locked_by_itself', 'The vault is locked: Nobody used it for 15 minutes.'],
] as const)(
  'a script does not open a vault that its person left %s, although the keychain would give the key',
  async (reason, words) => {
    const { asked, door } = host(reason)
    await expect(openVault(door, nobodyAsked)).rejects.toThrow(words)
    expect(asked).toEqual(['vault.status'])
  },
)

test('a vault whose keychain was locked is asked for again', async () => {
  const { asked, door } = host('keychain_locked')
  await openVault(door, nobodyAsked)
  expect(asked).toEqual(['vault.status', 'vault.retry'])
})
