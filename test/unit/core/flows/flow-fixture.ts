// A flow log over files in memory, a pseudonym made of a digest, and servers that answer as a test says.
import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { EventOf } from '../../../../contract/flow/event.ts'
import type { RecordedRequest, RecordedResponse } from '../../../../contract/flow/exchange.ts'
import type { KeptFlow } from '../../../../contract/flow/flow.ts'
import { usualKeep } from '../../../../contract/settings.ts'
import { createFlowLog, type FlowLog, type FlowLogDeps } from '../../../../core/flows/flow-log.ts'
import type { NamedRecords } from '../../../../core/records.ts'
import { flowBounds } from '../../../../core/retention-limits.ts'
import { type MemoryLogs, memoryLogs, memorySealedLogs } from '../../../support/memory-logs.ts'
import { memoryRecords } from '../../../support/memory-records.ts'

export const pseudonym = (secret: string) => createHash('sha256').update(secret).digest('hex').slice(0, 8)

export interface FlowFixture {
  log: FlowLog
  /** The logs' files. */
  folder: MemoryLogs
  records: NamedRecords
  changes: Parameters<FlowLogDeps['onChange']>[0][]
  clock: { time: number; now(): number }
  /** As the next host finds a flow. */
  stored(id: string): Promise<KeptFlow>
}

export function flowFixture({
  folder = memoryLogs(),
  ...overrides
}: Partial<FlowLogDeps & FlowFixture> = {}): FlowFixture {
  const changes: FlowFixture['changes'] = []
  const clock = { time: 1_000, now: () => clock.time }
  const records = overrides.records ?? memoryRecords()
  const log = createFlowLog({
    ...{ records, logs: memorySealedLogs(folder), bounds: () => flowBounds(usualKeep) },
    clock,
    fetch: globalThis.fetch,
    pseudonym,
    onChange: (change) => changes.push(change),
    ...overrides,
  })
  return { log, folder, records, changes, clock, stored: (id) => flowFixture({ folder }).log.get(id) }
}

/** An exchange as it is put down, with these messages in it. */
export function exchanged(
  to: 'authorization_server' | 'api',
  { request, response = null }: { request?: Partial<RecordedRequest>; response?: Partial<RecordedResponse> | null },
): { kind: 'exchange' } & Omit<EventOf<'exchange'>, 'id' | 'at'> {
  const answer = { status: 200, statusText: 'OK', headers: [], body: null, size: null, truncated: false }
  return {
    kind: 'exchange',
    purpose: { kind: 'identify' },
    to,
    request: { method: 'POST', url: 'https://a.example/', headers: [], body: null, truncated: false, ...request },
    response: response && { ...answer, ...response },
    outcome: 'succeeded',
    failure: null,
    finding: null,
    attempts: 1,
    timing: { waiting: 1, receiving: 1, whole: 2 },
  }
}

/** An event that is no more than a text. */
export function said(text: string): { kind: 'token_handed_over'; grant: string } {
  return { kind: 'token_handed_over', grant: text }
}

export interface TestServer {
  url: string
  requests: { method: string; url: string; headers: IncomingMessage['headers']; body: string }[]
  close(): Promise<void>
}

/** A server on loopback; `answer` sees the request's body. */
export async function serve(
  answer: (request: IncomingMessage, response: ServerResponse, body: string) => void,
): Promise<TestServer> {
  const requests: TestServer['requests'] = []
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      requests.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body })
      answer(request, response, body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
