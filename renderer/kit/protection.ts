// What protects the vault, as it reads inside a sentence.
import type { VaultStatus } from '../../contract/vault.ts'

/** `your passphrase`, or the keychain by its own name. */
export function protectionWords({ openedWith, slots }: Extract<VaultStatus, { state: 'open' }>): string {
  const slot = slots.find((one) => one.label === openedWith)
  return slot?.kind === 'passphrase' ? 'your passphrase' : openedWith
}
