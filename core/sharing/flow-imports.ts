// Files with recorded logins that are being read: they come in pieces, and become flows at their end. Nothing of the file is
// kept but the flows.
import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { Flow, FlowSummary } from '../../contract/flow/flow.ts'
import type { FlowImport } from '../../contract/flow/flow-import.ts'
import type { FlowLog } from '../flows/flow-log.ts'
import { Redactor } from '../flows/redactor.ts'
import { summaryOf } from '../flows/stored-flow.ts'
import { redactText } from '../flows/structure.ts'
import { createFlowFileReader, type FlowFileContents, type FlowFileReader } from '../har/flow-file.ts'
import { contentId, loginFlows } from '../har/login-flows.ts'
import { joinLogins } from '../har/logins.ts'
import { jwtsIn, type NamedSecret, secretsIn } from '../har/message-secrets.ts'
import { invalid, problem } from '../problem.ts'
import { readOwnFlow } from './own-flows.ts'

export interface FlowImports {
  begin(): { id: string }
  /** Reads the next piece; returns what was found by now. Throws `not_found`. */
  piece(id: string, bytes: Uint8Array): { entries: number; messages: number }
  /** Stores the flows. Throws `not_found`, or `invalid_input` if the file holds none of what is read here. */
  end(id: string): Promise<FlowImport>
  cancel(id: string): void
  /** Drops all, when the vault locks. */
  forget(): void
}

export interface FlowImportsDeps {
  flows: Pick<FlowLog, 'get' | 'keep'>
  pseudonym: (secret: string) => string
  /** The id of the service that an address belongs to; `null` if none is known. */
  serviceAt(address: string): string | null
  isConnection(id: string): boolean
}

/** A person imports one file; each that is read holds some memory. */
const mostAtOnce = 3
/** Of a program's name and version (characters). */
const longestCreator = 100

export function createFlowImports(deps: FlowImportsDeps): FlowImports {
  /** The one that was left longest comes first. */
  const readers = new Map<string, FlowFileReader>()

  function find(id: string): FlowFileReader {
    const reader = readers.get(id)
    if (!reader) throw problem('not_found', 'This import is no longer under way.', 'Import the file again.')
    readers.delete(id)
    readers.set(id, reader)
    return reader
  }

  return {
    begin() {
      const [oldest] = readers.keys()
      if (readers.size >= mostAtOnce && oldest !== undefined) readers.delete(oldest)
      const id = randomUUID()
      readers.set(id, createFlowFileReader())
      return { id }
    },
    piece(id, bytes) {
      const reader = find(id)
      reader.write(bytes)
      return reader.found()
    },
    async end(id) {
      const contents = find(id).end()
      readers.delete(id)
      return contents.kind === 'grantdesk' ? importOwn(contents, deps) : importArchive(contents, deps)
    },
    cancel: (id) => void readers.delete(id),
    forget: () => readers.clear(),
  }
}

async function importArchive(contents: FlowFileContents, deps: FlowImportsDeps): Promise<FlowImport> {
  const { kind, entries, messages, withoutCredentials, fault } = contents
  if (kind === null) throw invalid('file', 'This is neither an HTTP Archive (HAR) nor a flow of Grantdesk.')
  const { logins, leftOut } = joinLogins(messages)
  const creator = creatorWords(contents.creator, deps, secretsIn(logins.flatMap(({ steps }) => steps)))
  const found = await loginFlows(logins, { ...deps, creator: creator ?? 'another program' })
  const flows: FlowSummary[] = []
  for (const flow of found) flows.push(await deps.flows.keep(flow))
  const notInFlows = contents.leftOut + leftOut + logins.reduce((sum, login) => sum + login.leftOut, 0)
  return { kind: 'har', creator, flows, entries, leftOut: notInFlows, missing: 0, withoutCredentials, fault }
}

async function importOwn({ own, fault, ...contents }: FlowFileContents, deps: FlowImportsDeps): Promise<FlowImport> {
  const creator = creatorWords(contents.creator, deps)
  const read = own.flatMap((one) => readOwnFlow(one, deps.pseudonym) ?? [])
  if (read.length === 0)
    throw invalid('file', 'The flow in this file cannot be read: it may come from a newer version.')
  const flows: FlowSummary[] = []
  for (const { flow } of read) flows.push(await keepOwn(flow, creator ?? 'Grantdesk', deps))
  const missing = read.reduce((sum, one) => sum + one.missing, 0)
  const nothingElse = { entries: 0, leftOut: contents.ownLeftOut, withoutCredentials: false }
  return { kind: 'grantdesk', creator, flows, missing, fault, ...nothingElse }
}

/** One that is here already stays as it is. */
async function keepOwn(flow: Flow, importedFrom: string, deps: FlowImportsDeps): Promise<FlowSummary> {
  const there = await deps.flows.get(flow.id).catch(() => null)
  if (there !== null && isDeepStrictEqual(there.events, flow.events)) {
    const { missing: _, ...kept } = there
    return summaryOf(kept)
  }
  const isFree = there === null && /^[\w-]{1,80}$/.test(flow.id)
  return deps.flows.keep({
    ...flow,
    id: isFree ? flow.id : contentId(flow),
    connectionId: flow.connectionId !== null && deps.isConnection(flow.connectionId) ? flow.connectionId : null,
    about: { ...flow.about, importedFrom: flow.about.importedFrom ?? importedFrom },
  })
}

/** The program that wrote a file, as it is shown and kept: without secrets, and cut only then, so that none is missed. */
function creatorWords(
  creator: string | null,
  { pseudonym }: FlowImportsDeps,
  secrets: readonly NamedSecret[] = [],
): string | null {
  if (creator === null) return null
  const redactor = new Redactor(pseudonym, { keepsPseudonyms: true })
  for (const [secret, label] of [...secrets, ...jwtsIn(creator)]) redactor.hide(secret, label)
  return redactText(redactor, creator, { context: 'authorization', direction: 'request' }).slice(0, longestCreator)
}
