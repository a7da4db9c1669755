// A headless host reduced to its vault: opens it with the system's keychain, does what it is told, prints how it stands.

import { Secret } from '../../core/secret.ts'
import { fileOwnership } from '../../core/vault/ownership.ts'
import { openVault } from '../../core/vault/vault.ts'
import { systemKeychain } from '../../headless/keychain.ts'
import { vaultDocument } from '../../headless/vault-document.ts'
import { connection, planted, tokens } from '../unit/core/vault/sample-records.ts'

const [folder = '', ...operations] = process.argv.slice(2)
const clock = { now: () => Date.now() }
const vault = openVault({
  document: vaultDocument(folder),
  ownership: fileOwnership(folder, 'command', clock),
  keychain: systemKeychain(),
  passphraseRounds: 1_000,
  clock,
  log: { write: () => undefined },
})
await vault.open()
if (operations.includes('create')) await vault.create(new Secret('long enough'))
if (operations.includes('unlock')) await vault.unlock(new Secret('long enough'))
if (operations.includes('fill')) {
  await vault.write([
    { put: 'connection', id: 'n1', value: connection('Plane') },
    { put: 'tokens', id: 'n1', value: tokens() },
  ])
}
const open = vault.status().state === 'open'
const token = open ? await vault.read('tokens', 'n1') : undefined
console.log(JSON.stringify({ status: vault.status(), kept: token?.accessToken.reveal() === planted.accessToken }))
vault.close()
