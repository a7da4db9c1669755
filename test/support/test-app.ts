// An application under test with a person at it: calls answer values, and the browser is played by plain requests.
import type { AccountDecision, Attempt } from '../../contract/attempt.ts'
import type { Change } from '../../contract/change.ts'
import type { Caller, ConnectionView } from '../../contract/connection.ts'
import type { Failure } from '../../contract/failure.ts'
import type { ProcedureInput, ProcedureName, ProcedureOutput } from '../../contract/procedures.ts'
import { type App, createApp } from '../../core/app.ts'
import { type Decision, visit } from '../integration/practice-browser.ts'
import { type MemoryPorts, memoryPorts } from './memory-ports.ts'

export class Refused extends Error {
  readonly failure: Failure

  constructor(failure: Failure) {
    super(`${failure.kind}: ${failure.message}`)
    this.failure = failure
  }
}

export interface TestApp {
  app: App
  ports: MemoryPorts
  /** Everything that crossed the door outwards. */
  crossed: string[]
  call<Name extends ProcedureName>(
    name: Name,
    input: ProcedureInput<Name>,
    caller?: Caller,
  ): Promise<ProcedureOutput<Name>>
  attempt(id: string): Attempt
  settled(id: string): Promise<Attempt>
  connect(serviceId: string, choice?: Choice): Promise<Attempt>
  connected(serviceId: string, choice?: Choice): Promise<ConnectionView>
  close(): Promise<void>
}

export interface Choice extends Decision {
  scopes?: string[]
  reconnect?: string
  name?: string
  ifOtherAccount?: AccountDecision
}

const settledStates: ReadonlySet<Attempt['state']> = new Set(['done', 'failed', 'asking_account'])

export async function openTestApp(ports = memoryPorts()): Promise<TestApp> {
  const app = createApp(ports)
  const crossed: string[] = []
  const attempts = new Map<string, Attempt>()
  const waiting = new Set<() => void>()
  await app.start()
  app.listen((change: Change) => {
    crossed.push(JSON.stringify(change))
    if (change.kind !== 'attempt') return
    attempts.set(change.attempt.id, change.attempt)
    for (const look of waiting) look()
  })

  const grantdesk: TestApp = {
    app,
    ports,
    crossed,
    async call(name, input, caller = 'window') {
      const answer = await app.call(name, input, caller)
      crossed.push(JSON.stringify({ name, answer }))
      if (!answer.ok) throw new Refused(answer.failure)
      return answer.value as never
    },
    attempt(id) {
      const found = attempts.get(id)
      if (!found) throw new Error('no such attempt')
      return found
    },
    settled(id) {
      return new Promise((resolve) => {
        const look = () => {
          const attempt = grantdesk.attempt(id)
          if (!settledStates.has(attempt.state)) return
          waiting.delete(look)
          resolve(attempt)
        }
        waiting.add(look)
        look()
      })
    },
    async connect(serviceId, { scopes, reconnect, name, ifOtherAccount = 'keep_apart', ...decision } = {}) {
      const practice = await grantdesk.call('practice.start', {})
      const service = practice.state === 'running' && practice.services.find((one) => one.serviceId === serviceId)
      if (!service) throw new Error(`practice has no ${serviceId}`)
      const { services } = await grantdesk.call('app.snapshot', {})
      const description = services.find((one) => one.id === serviceId)
      const attempt = await grantdesk.call('connect.start', {
        client: { id: service.clientId },
        grantId: description?.grants[0]?.id ?? '',
        scopes: scopes ?? description?.scopes.default ?? [],
        reconnect,
        name,
      })
      const { redirect } = await visit(ports.opened.at(-1) ?? '', decision)
      if (redirect) await (await fetch(redirect)).text()
      const settled = await grantdesk.settled(attempt.id)
      if (settled.state !== 'asking_account') return settled
      return grantdesk.call('connect.decide', { id: attempt.id, choice: ifOtherAccount })
    },
    async connected(serviceId, choice) {
      const attempt = await grantdesk.connect(serviceId, choice)
      if (attempt.state !== 'done') throw new Error(JSON.stringify(attempt))
      const { connections } = await grantdesk.call('app.snapshot', {})
      const connection = connections.find((one) => one.id === attempt.connectionId)
      if (!connection) throw new Error('the connection is not listed')
      return connection
    },
    close: () => app.close(),
  }
  return grantdesk
}
