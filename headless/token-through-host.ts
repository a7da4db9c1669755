// `grantdesk token NAME` where a host runs, the way most scripts meet it: one call over the host's socket, which carries the
// name and brings the token. Loads nothing else, neither the contract's schemas nor the options of other commands. Whatever
// it cannot do, before anything has begun, is left to the program.
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

/** The first protocol whose hosts hand out a token by its connection's name. */
const neededProtocol = 2

/** Longer than any answer to this one question could be (characters). */
const longestAnswer = 1_000_000

/** How often it is looked whether the host gives a sign of life (ms), and after how many looks without one it is not waited for. */
const turn = 1_000
const mostSilentChecks = 10

/** Nothing has been done about these: the program opens the vault, asks for its passphrase, or says what is the matter. */
const leftToProgram: Failure['kind'][] = ['not_found', 'vault_locked', 'vault_busy']

type TokenAnswer = { ok: true; value: NamedToken } | { ok: false; failure: Failure }

/** The NAME where `words` ask for its token and nothing that the program would have to look at; `null` otherwise. */
export function tokenName(words: string[]): string | null {
  const [command, ...rest] = words
  if (command !== 'token') return null
  // A host that has the vault open needs no passphrase, so nothing is read.
  const [name, ...more] = rest.filter((word) => word !== '--passphrase-stdin')
  return name === undefined || more.length > 0 || name.startsWith('-') ? null : name
}

/** Prints the token and ends the process; returns where no host answers, or the program has to see to it. */
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

/** `null` where the host did not answer: asking for a token once more does no harm. */
function ask(address: string, name: string): Promise<TokenAnswer | null> {
  return new Promise((resolve) => {
    const socket = connect(address)
    let silent = 0
    const watching = setInterval(() => {
      silent += 1
      // The program finds out what is the matter with it.
      if (silent >= mostSilentChecks) socket.destroy()
    }, turn)
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

/** As much of the contract's schema as is used here; anything else is left to the program, which checks it all. */
function readAnswer(message: unknown): TokenAnswer | null {
  const { answer } = message as { answer?: Partial<{ ok: boolean; value: NamedToken; failure: Failure }> }
  if (answer?.ok === true && typeof answer.value?.accessToken === 'string') return { ok: true, value: answer.value }
  if (answer?.ok === false && typeof answer.failure?.message === 'string') return { ok: false, failure: answer.failure }
  return null
}
