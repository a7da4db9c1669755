// `grantdesk request`: a test request with a connection's token. The body goes to standard output as it came, for a pipe;
// a terminal gets it without control characters.
import { randomUUID } from 'node:crypto'
import { methods, type RequestResult } from '../../contract/request.ts'
import { Complaint, unwrap, wrongUsage } from '../complaint.ts'
import { connectionNamed } from '../find-connection.ts'
import { note, plain, plainLine, print, printJson } from '../output.ts'
import { type PartOptions, requestParts } from '../request-parts.ts'
import type { SecretOptions } from '../secret-input.ts'
import { withSession } from '../session.ts'

interface RequestOptions extends SecretOptions, PartOptions {
  include?: boolean
  json?: boolean
}

export async function sendRequest(name: string, verb: string, path: string, options: RequestOptions): Promise<void> {
  const method = methods.find((known) => known === verb.toUpperCase())
  if (!method) throw wrongUsage(`“${plainLine(verb)}” is no method of a request.`, `One of ${methods.join(', ')}.`)
  const parts = requestParts(options)
  await withSession(options, async ({ door, secrets }) => {
    const { id } = await connectionNamed(door, name)
    const input = { key: randomUUID(), connectionId: id, method, path, ...(await parts.read(secrets)) }
    const result = unwrap(await door.call('requests.send', input))
    if (options.json) printJson(result)
    else printResult(result, options.include ?? false)
    if (result.status >= 400) {
      throw new Complaint(`${result.status} ${result.statusText}`.trim(), result.explanation ?? undefined)
    }
  })
}

function printResult(result: RequestResult, include: boolean): void {
  if (include) {
    print(plainLine(`HTTP ${result.status} ${result.statusText}`))
    for (const [name, value] of result.headers) print(plainLine(`${name}: ${value}`))
    print('')
  }
  if (result.body !== '') print(process.stdout.isTTY ? plain(result.body) : result.body)
  if (result.truncated) note('The body was longer than Grantdesk keeps: this is its beginning.')
  if (result.format === 'binary') note('The body is no text.')
}
