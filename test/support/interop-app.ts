// An application under test against one foreign authorization server: a client is registered, a person goes through
// the server's pages, and everything that went over the wire is known, so that after each test the flows, the door, the
// log and the vault's file can be searched for the bytes of every secret.
import type { Attempt } from '../../contract/attempt.ts'
import type { ClientInput, ClientView } from '../../contract/client.ts'
import type { ConnectionView } from '../../contract/connection.ts'
import type { Failure } from '../../contract/failure.ts'
import type { Flow } from '../../contract/flow/flow.ts'
import type { ProcedureInput } from '../../contract/procedures.ts'
import { memoryPorts } from './memory-ports.ts'
import { PlainSession } from './plain-session.ts'
import { openTestApp, Refused, type TestApp } from './test-app.ts'
import type { VisitEnd, Visitor } from './web-session.ts'
import { openWire, type Wire } from './wire.ts'

/** The secret that tells the two spellings of HTTP Basic apart. */
export const oddSecret = 'p+q%41:r/s='

export interface ForeignClient {
  clientId: string
  clientSecret: string
  clientAuthentication: ClientInput['clientAuthentication']
  grantAuthentication?: ClientInput['grantAuthentication']
  redirect?: ClientInput['redirect']
  pkce?: ClientInput['pkce']
  /** Where it is registered, if not at the service's own address. */
  baseUrl?: string
}

/** What a grant is begun with beside the client; the first grant and the usual scopes where nothing is said. */
export type Beginning = Partial<Omit<ProcedureInput<'connect.start'>, 'client'>>

export interface Choice extends Beginning {
  decision?: 'allow' | 'deny'
  /** Somebody who has been to the server before; otherwise a browser without cookies. */
  person?: Visitor
}

export interface Tokens {
  access: string
  refresh: string
}

export interface InteropApp {
  grantdesk: TestApp
  wire: Wire
  /** Somebody without cookies at the server's pages. */
  openSession: () => Visitor
  save(client: ForeignClient): Promise<ClientView>
  /** Starts an attempt. */
  begin(client: ForeignClient, beginning?: Beginning): Promise<Attempt>
  /** Starts an attempt and goes through the pages, wherever they lead. */
  visit(client: ForeignClient, choice?: Choice): Promise<{ attempt: Attempt; end: VisitEnd }>
  /** The whole way: the attempt as it settled. */
  connect(client: ForeignClient, choice?: Choice): Promise<Attempt>
  connected(client: ForeignClient, choice?: Choice): Promise<ConnectionView>
  view(id: string): Promise<ConnectionView>
  /** Why a call was refused. */
  refusal(call: Promise<unknown>): Promise<Failure>
  /** The tokens that a connection holds, as the person would reveal them. */
  held(id: string): Promise<Tokens>
  /** What the command line's `token` prints: refreshed first where it ends within a minute. */
  token(id: string): Promise<string>
  flows(connectionId?: string): Promise<Flow[]>
  /** Where the bytes of any secret stand that should stand nowhere. */
  leaks(): Promise<string[]>
}

/** Where a client is registered, and who goes through the server's pages: a `PlainSession` where nobody is named. */
export interface InteropService {
  id: string
  baseUrl: string
  openSession?: () => Visitor
}

export async function openInteropApp(service: InteropService): Promise<InteropApp> {
  const wire = openWire()
  const ports = memoryPorts({ fetch: wire.fetch })
  // The servers have the machine's clock, and say in ID tokens what it is.
  ports.time.now = Date.now()
  const grantdesk = await openTestApp(ports)

  async function describe() {
    const { services } = await grantdesk.call('app.snapshot', {})
    const found = services.find(({ id }) => id === service.id)
    if (!found) throw new Error(`There is no service ${service.id}`)
    return found
  }

  /** Revealing and `token` are operations by which a secret may cross the door: their answer, written down last, is no leak. */
  async function rightly<T>(operation: Promise<T>): Promise<T> {
    const answer = await operation
    grantdesk.crossed.pop()
    return answer
  }

  const one: InteropApp = {
    grantdesk,
    wire,
    openSession: service.openSession ?? (() => new PlainSession()),
    save({ redirect = { mode: 'ephemeral' }, ...client }) {
      wire.hide(client.clientSecret)
      return grantdesk.call('clients.save', { baseUrl: service.baseUrl, ...client, redirect, serviceId: service.id })
    },
    async begin(client, beginning) {
      const { grants, scopes } = await describe()
      const { id } = await one.save(client)
      const usual = { grantId: grants[0]?.id ?? '', scopes: scopes.default }
      return grantdesk.call('connect.start', { ...usual, ...beginning, client: { id } })
    },
    async visit(client, { decision, person, ...beginning } = {}) {
      const attempt = await one.begin(client, beginning)
      if (!('authorizationUrl' in attempt)) throw new Error(`The attempt is ${JSON.stringify(attempt)}`)
      const visitor = person ?? one.openSession()
      const end = await visitor.visit(attempt.authorizationUrl, { decision })
      if (!person) await visitor.close()
      // A pushed request has its state in the redirect alone.
      const { searchParams } = new URL(attempt.authorizationUrl)
      const state = searchParams.get('state') ?? end.redirect?.searchParams.get('state')
      if (state) wire.hideState(state)
      wire.hide(end.redirect?.searchParams.get('code') ?? '')
      return { attempt, end }
    },
    async connect(client, choice) {
      const { attempt, end } = await one.visit(client, choice)
      if (!end.redirect) throw new Error(`The server kept the browser (${end.status}): ${end.words}`)
      return grantdesk.settled(attempt.id)
    },
    async connected(client, choice) {
      const attempt = await one.connect(client, choice)
      if (attempt.state !== 'done') throw new Error(JSON.stringify(attempt))
      return one.view(attempt.connectionId)
    },
    async view(id) {
      const { connections } = await grantdesk.call('app.snapshot', {})
      const found = connections.find((connection) => connection.id === id)
      if (!found) throw new Error('The connection is not listed')
      return found
    },
    async refusal(call) {
      const ended = await call.then(
        () => null,
        (error: unknown) => error,
      )
      if (ended instanceof Refused) return ended.failure
      throw new Error(`It was not refused: ${ended}`)
    },
    async held(id) {
      const access = await rightly(grantdesk.call('connections.reveal', { id, what: 'access_token' }))
      const refresh = await rightly(grantdesk.call('connections.reveal', { id, what: 'refresh_token' }))
      return { access: access.value, refresh: refresh.value }
    },
    async token(id) {
      return (await rightly(grantdesk.call('connections.token', { id }, 'command'))).accessToken
    },
    async flows(connectionId) {
      const { flows } = await grantdesk.call('flows.list', { connectionId })
      return Promise.all(flows.map(({ id }) => grantdesk.call('flows.get', { id })))
    },
    async leaks() {
      const flows = JSON.stringify(await one.flows())
      // Of PKCE `plain` the challenge is the verifier, and stands rightly in the address that the browser opens.
      const crossed = grantdesk.crossed.join('\n').replace(/&code_challenge=[\w.~-]+/g, '')
      return [
        ...wire.found('a flow', flows, wire.states),
        ...wire.found('what crossed the door', crossed),
        ...wire.found('the log', grantdesk.ports.logged.join('\n')),
        ...wire.found('the vault’s file', grantdesk.ports.disk.text ?? ''),
      ]
    },
  }
  return one
}
