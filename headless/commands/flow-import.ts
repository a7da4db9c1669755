// `grantdesk flow import`: recorded logins from an HTTP Archive of any program, or flows that Grantdesk exported.
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Door } from '../../contract/caller.ts'
import { type FlowImport, flowImportWords, longestPiece } from '../../contract/flow/flow-import.ts'
import { CommandError, unwrap } from '../command-error.ts'
import { describeFlow } from '../flow-words.ts'
import { note, plain, plainLine, print, printJson } from '../output.ts'
import type { SecretOptions } from '../secret-input.ts'
import { withSession } from '../session.ts'

/** A file that takes longer than this (ms) is reported on as often. */
const reportsEvery = 2_000

/** Reads the file and prints the flows that were found; it is not kept. Exits with 1 if there are none. */
export function importFlows(file: string, options: SecretOptions & { json?: boolean }): Promise<void> {
  return withSession(options, async ({ door }) => {
    const result = await sendFile(door, file)
    const words = flowImportWords(result)
    if (options.json) printJson(result)
    else {
      for (const { id } of result.flows) print(describeFlow(unwrap(await door.call('flows.get', { id }))))
      for (const line of words) note(plainLine(line))
    }
    if (result.flows.length === 0) throw new CommandError('No flow was imported.')
  })
}

async function sendFile(door: Door, file: string): Promise<FlowImport> {
  const unreadable = (error: NodeJS.ErrnoException) => {
    throw new CommandError(`${plain(file)} cannot be read (${error.code ?? 'no reason given'}).`)
  }
  const { size } = await stat(file).catch(unreadable)
  const { id } = unwrap(await door.call('flows.beginImport', {}))
  const pieces = createReadStream(file, { highWaterMark: longestPiece })[Symbol.asyncIterator]()
  const next = () => pieces.next().catch(unreadable)
  let read = 0
  let reportedAt = Date.now()
  try {
    for (let piece = await next(); !piece.done; piece = await next()) {
      const bytes = piece.value as Buffer
      const found = unwrap(await door.call('flows.importPiece', { id, base64: bytes.toString('base64') }))
      read += bytes.length
      if (Date.now() - reportedAt < reportsEvery) continue
      reportedAt = Date.now()
      note(`Read ${megabytes(read)} of ${megabytes(size)} MB, ${found.entries} requests, ${found.messages} of OAuth …`)
    }
    return unwrap(await door.call('flows.endImport', { id }))
  } catch (error) {
    await door.call('flows.cancelImport', { id }).catch(() => undefined)
    throw error
  }
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(0)
}
