// One practice service on one loopback port: routes requests to the OAuth endpoints or to the service's API, or answers
// "not found" the way the service does.
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createOAuthEndpoints } from './authorization.ts'
import { createClientStore } from './clients.ts'
import { pageHeaders } from './consent-page.ts'
import { createEngine } from './engine.ts'
import {
  type Answer,
  comesFromElsewhere,
  findRoute,
  type Incoming,
  json,
  type Route,
  readRequest,
  writeAnswer,
} from './http.ts'
import { ownRoutes } from './own-pages.ts'
import type { ServiceProfile } from './profile.ts'
import { bendApiAnswer, interrupt } from './quirk-answers.ts'
import { createQuirks } from './quirks.ts'

export interface RunningService {
  baseUrl: string
  /** Replaces a client's secret and returns the new one. */
  resetClientSecret(clientId: string): string
  /** Switches these quirks on and all others back to the service's usual ones. Throws for one that it does not have. */
  setQuirks(ids: string[]): void
  close(): Promise<void>
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.removeListener('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    // Keep-alive connections would hold the port open. Older runtimes lack this call; idle connections time out there.
    server.closeAllConnections?.()
  })
}

function dress(profile: ServiceProfile, answer: Answer): Answer {
  if (!answer.headers?.['content-type']?.startsWith('text/html')) return answer
  return { ...answer, headers: { ...pageHeaders(profile), ...answer.headers } }
}

async function follow(routes: Route[], request: Incoming): Promise<Answer | null> {
  const found = findRoute(routes, request)
  return found ? found.route.answer({ ...request, params: found.params }) : null
}

export interface StartOptions {
  /** 0 for any free port. */
  port: number
  /** Seconds. */
  accessTokenLifetime: number
  quirks?: Record<string, boolean>
}

/** Starts a service; rejects with the system's error if the port is taken. */
export async function startService(profile: ServiceProfile, options: StartOptions): Promise<RunningService> {
  const quirks = createQuirks(profile.quirks, options.quirks)
  const clients = createClientStore(profile.clients)
  let respond: (request: Incoming, response: ServerResponse) => Promise<void> = async () => {}
  const server = createServer((request, response) => {
    readRequest(request)
      .then((incoming) => respond(incoming, response))
      .catch(() => {
        if (!response.headersSent) writeAnswer(response, json(500, { error: 'server_error' }))
        else response.destroy()
      })
  })
  const baseUrl = `http://127.0.0.1:${await listen(server, options.port)}`
  const engine = createEngine(profile, baseUrl, options.accessTokenLifetime, quirks)
  const endpoints = createOAuthEndpoints({ profile, baseUrl, engine, clients, quirks })
  const own = ownRoutes(profile, baseUrl, clients, quirks)
  const routes = profile.routes({ store: engine.store, baseUrl, clients, quirks, devices: engine.devices })
  const isPage = (path: string) =>
    /^\/(practice|consent)\//.test(path) || profile.pages.some((one) => one.path === path)
  respond = async (request, response) => {
    const write = (answer: Answer): void => writeAnswer(response, dress(profile, answer))
    if (isPage(request.path) && comesFromElsewhere(request, baseUrl))
      return write(json(403, { error: 'This is for the pages of the service alone' }))
    const ownAnswer = (await follow(own, request)) ?? (await interrupt(request, profile, quirks))
    if (ownAnswer) return write(ownAnswer)
    const authorization = await endpoints.answer(request, response)
    if (authorization === null) return
    if (authorization) return write(authorization)
    const answer = (await follow(routes, request)) ?? profile.notFound(request.path)
    write(bendApiAnswer(answer, request, quirks))
  }
  return {
    baseUrl,
    resetClientSecret: clients.resetSecret,
    setQuirks(ids) {
      quirks.reset()
      quirks.set(Object.fromEntries(ids.map((id) => [id, true])))
    },
    close: () => closeServer(server),
  }
}
