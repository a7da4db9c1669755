// `grantdesk token NAME` while a host is running, as most scripts use it: one call over the host's socket with the name, which
// returns the token. Loads neither the contract's schemas nor the other commands. Leaves everything else to the program.
import { connect } from 'node:net'
import { homedir } from 'node:os'
import type { NamedToken } from '../contract/connection.ts'
import type { Failure } from '../contract/failure.ts'
import { helloMessage, readMessages, writeMessage } from '../core/door/lines.ts'
import { readLocalNote } from '../core/door/local-note.ts'
import { vaultFolder } from '../core/folder.ts'
import { commandErrorOf } from './command-error.ts'
import { finish, reportError, toleratePipes } from './output.ts'
import { printNamedToken } from './token-words.ts'

/** The first version of the protocol with `connections.tokenNamed`. */
const neededProtocol = 2

/** More than any response to this call (characters). */
const longestAnswer = 1_000_000

/** How often to check for a sign of life (ms), and after how many checks without one to stop waiting. */
const checkInterval = 1_000
const mostSilentChecks = 10

/** Failures before anything was done: the program unlocks the vault, asks for its passphrase, or explains the problem. */
const leftToProgram: Failure['kind'][] = ['not_found', 'vault_locked', 'vault_busy']

type TokenAnswer = { ok: true; value: NamedToken } | { ok: false; failure: Failure }

/** The NAME if `words` are `token NAME` without other options; `null` otherwise. */
export function tokenName(words: string[]): string | null {
  const [command, ...rest] = words
  if (command !== 'token') return null
  // A host with the vault unlocked needs no passphrase, so it is not read.
  const [name, ...more] = rest.filter((word) => word !== '--passphrase-stdin')
  return name === undefined || more.length > 0 || name.startsWith('-') ? null : name
}

/** Prints the token and ends the process; returns if no host answers or the program has to handle it. */
export async function printTokenThroughHost(name: string): Promise<void> {
  const note = readLocalNote(vaultFolder(process.env, process.platform, homedir()))
  if (note === null || note.protocol < neededProtocol) return
  const answer = await ask(note.address, name)
  if (answer === null || (!answer.ok && leftToProgram.includes(answer.failure.kind))) return
  toleratePipes()
  if (!answer.ok) return finish(reportError(commandErrorOf(answer.failure)))
  printNamedToken(answer.value, Date.now())
  return finish(0)
}

/** `null` if the host did not answer; the call can be repeated safely. */
function ask(address: string, name: string): Promise<TokenAnswer | null> {
  return new Promise((resolve) => {
    const socket = connect(address)
    let silent = 0
    const watching = setInterval(() => {
      silent += 1
      // The program finds out why.
      if (silent >= mostSilentChecks) socket.destroy()
    }, checkInterval)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      clearInterval(watching)
      resolve(null)
    })
    readMessages(socket, longestAnswer, (message) => {
      silent = 0
      if (typeof message === 'object' && message !== null && 'alive' in message) return
      resolve(readAnswer(message))
      socket.destroy()
    })
    writeMessage(socket, helloMessage)
    writeMessage(socket, { id: 1, procedure: 'connections.tokenNamed', input: { name } })
  })
}

/** Checks only the fields that are used here; `null` leaves the response to the program, which checks all of it. */
function readAnswer(message: unknown): TokenAnswer | null {
  const { answer } = message as { answer?: Partial<{ ok: boolean; value: NamedToken; failure: Failure }> }
  if (answer?.ok === true && typeof answer.value?.accessToken === 'string') return { ok: true, value: answer.value }
  if (answer?.ok === false && typeof answer.failure?.message === 'string') return { ok: false, failure: answer.failure }
  return null
}
