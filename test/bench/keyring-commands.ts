// Run in a session with an open keyring: makes a vault that the keyring opens, then takes a command on it and bare Node in
// turns and prints both.
import { systemKeychain } from '../../headless/keychain.ts'
import { makeVault } from './bench-vault.ts'
import { inTurns } from './measure.ts'
import { timedBareNode, timedCommand } from './programs.ts'
import { startTokenServer } from './token-server.ts'

const server = await startTokenServer()
const made = await makeVault({ connections: 5, keychain: systemKeychain() }, server)
const env = { ...process.env, GRANTDESK_HOME: made.folder }
const samples = await inTurns(
  20,
  () => timedCommand(['token', 'one'], env),
  () => timedBareNode(env),
  2,
)
made.remove()
await server.close()
process.stdout.write(JSON.stringify(samples))
