// A flow log over records in memory, a pseudonym made of a digest, and servers that answer as a test says.
import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { EventOf } from '../../../../contract/flow/event.ts'
import type { RecordedRequest, RecordedResponse } from '../../../../contract/flow/exchange.ts'
import type { Flow } from '../../../../contract/flow/flow.ts'
import { createFlowLog, type FlowLog, type FlowLogDeps } from '../../../../core/flows/flow-log.ts'
import type { RecordKind, Records, RecordValue } from '../../../../core/records.ts'

export const pseudonym = (secret: string) => createHash('sha256').update(secret).digest('hex').slice(0, 8)

export interface MemoryRecords extends Records {
  readonly flows: Map<string, Flow>
  locked: boolean
  writes: number
}

export function memoryRecords(): MemoryRecords {
  const flows = new Map<string, Flow>()
  const records: MemoryRecords = {
    flows,
    locked: false,
    writes: 0,
    async read<Kind extends RecordKind>(_kind: Kind, id: string) {
      return structuredClone(flows.get(id)) as RecordValue<Kind> | undefined
    },
    async list<Kind extends RecordKind>(_kind: Kind) {
      return [...flows].map(([id, value]) => ({ id, value: structuredClone(value) as RecordValue<Kind> }))
    },
    async write(changes) {
      if (records.locked) throw new Error('locked')
      records.writes++
      for (const change of changes) {
        if ('remove' in change) flows.delete(change.id)
        else if (change.put === 'flow') flows.set(change.id, structuredClone(change.value))
      }
    },
  }
  return records
}

export interface FlowDesk {
  log: FlowLog
  records: MemoryRecords
  changes: Parameters<FlowLogDeps['onChange']>[0][]
  clock: { time: number; now(): number }
}

export function flowDesk(overrides: Partial<FlowLogDeps> = {}): FlowDesk {
  const records = memoryRecords()
  const changes: FlowDesk['changes'] = []
  const clock = { time: 1_000, now: () => clock.time }
  const log = createFlowLog({
    records,
    clock,
    fetch: globalThis.fetch,
    pseudonym,
    onChange: (change) => changes.push(change),
    ...overrides,
  })
  return { log, records, changes, clock }
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
export function said(text: string): { kind: 'second_try'; failure: string } {
  return { kind: 'second_try', failure: text }
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
