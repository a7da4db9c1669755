// `grantdesk request`: sends a test request with a connection's token. The body goes to standard output unchanged, or without
// control characters to a terminal. A response that the API gives to anonymous requests, too, is a failure: a script must not
// take public data for the account's.
import { randomUUID } from 'node:crypto'
import type { Door } from '../../contract/caller.ts'
import type { ConnectionView } from '../../contract/connection.ts'
import { headerBeforeToken, keyBeatsToken, methods, type RequestResult } from '../../contract/request.ts'
import { CommandError, unwrap, wrongUsage } from '../command-error.ts'
import { connectionNamed } from '../find-connection.ts'
import { note, plain, plainLine, print, printJson } from '../output.ts'
import { type PartOptions, requestParts } from '../request-parts.ts'
import type { SecretOptions } from '../secret-input.ts'
import { snapshotOf, withSession } from '../session.ts'

interface RequestOptions extends SecretOptions, PartOptions {
  include?: boolean
  json?: boolean
}

export async function sendRequest(name: string, verb: string, path: string, options: RequestOptions): Promise<void> {
  const method = methods.find((known) => known === verb.toUpperCase())
  if (!method) throw wrongUsage(`“${plainLine(verb)}” is no method of a request.`, `One of ${methods.join(', ')}.`)
  const parts = requestParts(options)
  await withSession(options, async ({ door, secrets }) => {
    const connection = await connectionNamed(door, name)
    const sent = await parts.read(secrets)
    const before = sent.headers.length === 0 ? null : await beatsToken(door, connection, sent.headers)
    if (before !== null) note(keyBeatsToken(connection.serviceName, before))
    const input = { key: randomUUID(), connectionId: connection.id, method, path, ...sent }
    const result = unwrap(await door.call('requests.send', input), connection.clientId)
    if (options.json) printJson(result)
    else {
      if (options.include) printHead(result)
      await printBody(door, input.key, result)
    }
    if (result.status >= 400) {
      throw new CommandError(`${result.status} ${result.statusText}`.trim(), result.explanation ?? undefined)
    }
    if (result.explanation !== null)
      throw new CommandError(result.explanation, 'Refresh the connection, or reconnect it.')
  })
}

/** The typed header that the service takes before the token. */
async function beatsToken(
  door: Door,
  { serviceId, bearer }: ConnectionView,
  headers: [string, string][],
): Promise<string | null> {
  const { services } = await snapshotOf(door)
  const service = services.find(({ id }) => id === serviceId)
  const names = headers.map(([name]) => name)
  return service ? headerBeforeToken(service, bearer, names) : null
}

function printHead(result: RequestResult): void {
  print(plainLine(`HTTP ${result.status} ${result.statusText}`))
  for (const [name, value] of result.headers) print(plainLine(`${name}: ${value}`))
  print('')
}

const toFile = 'Write all of it to a file: grantdesk request … > FILE'

/** The whole body for a file or another program; on a terminal a text, or its beginning. */
async function printBody(door: Door, key: string, result: RequestResult): Promise<void> {
  if (result.format === 'empty') return
  const { isTTY } = process.stdout
  if (isTTY && result.format === 'binary') return note(`The body is no text. ${toFile}`)
  if (isTTY) print(plain(result.body))
  if (isTTY && result.truncated) note(`This is the beginning of the body. ${toFile}`)
  if (isTTY) return
  if (!result.truncated) return print(result.body)
  for (let at = 0, ended = false; !ended; ) {
    const piece = unwrap(await door.call('requests.read', { key, at }))
    await write(Buffer.from(piece.base64, 'base64'))
    at = piece.next
    ended = piece.ended
  }
}

/** Waits for a slow reader; ignores a closed one. */
function write(bytes: Buffer): Promise<void> {
  return new Promise((resolve) => process.stdout.write(bytes, () => resolve()))
}
