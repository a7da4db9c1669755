// `grantdesk request`: a test request with a connection's token. The body goes to standard output as it came, for a pipe;
// a terminal gets it without control characters.
import { randomUUID } from 'node:crypto'
import { methods, type RequestResult } from '../../contract/request.ts'
import { Complaint, unwrap, wrongUsage } from '../complaint.ts'
import { connectionNamed } from '../find-connection.ts'
import { note, plain, plainLine, print, printJson } from '../output.ts'
import type { SecretOptions } from '../secret-input.ts'
import { withSession } from '../session.ts'

interface RequestOptions extends SecretOptions {
  header: string[]
  data?: string
  include?: boolean
  json?: boolean
}

export async function sendRequest(name: string, verb: string, path: string, options: RequestOptions): Promise<void> {
  const method = methods.find((known) => known === verb.toUpperCase())
  if (!method) throw wrongUsage(`“${plainLine(verb)}” is no method of a request.`, `One of ${methods.join(', ')}.`)
  const headers = options.header.map(parseHeader)
  await withSession(options, async ({ door }) => {
    const { id } = await connectionNamed(door, name)
    const input = { key: randomUUID(), connectionId: id, method, path, headers, body: options.data ?? '' }
    const result = unwrap(await door.call('requests.send', input))
    if (options.json) printJson(result)
    else printResult(result, options.include ?? false)
    if (result.status >= 400) {
      throw new Complaint(`${result.status} ${result.statusText}`.trim(), result.explanation ?? undefined)
    }
  })
}

function parseHeader(text: string): [string, string] {
  const [, name, value] = /^([^:\s]+)\s*:\s*(.*)$/s.exec(text) ?? []
  if (name === undefined || value === undefined) throw wrongUsage('A header is written as “name: value”.')
  return [name, value]
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
