// One practice service on one loopback port: what comes in goes to the OAuth endpoints, to the service's own API, or
// is not found in the service's own way.
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAuthorizationDesk } from './authorization.ts'
import { pageHeaders } from './consent-page.ts'
import { createEngine } from './engine.ts'
import { type Answer, findRoute, type Incoming, json, type Route, readRequest, writeAnswer } from './http.ts'
import type { ServiceProfile } from './profile.ts'

export interface RunningService {
  baseUrl: string
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
    // Keep-alive connections would hold the port open. Older runtimes lack the call and close idle ones by time.
    server.closeAllConnections?.()
  })
}

function dress(profile: ServiceProfile, answer: Answer): Answer {
  if (!answer.headers?.['content-type']?.startsWith('text/html')) return answer
  return { ...answer, headers: { ...pageHeaders(profile), ...answer.headers } }
}

async function answerApi(routes: Route[], profile: ServiceProfile, request: Incoming): Promise<Answer> {
  const found = findRoute(routes, request)
  if (!found) return profile.notFound(request.path)
  return found.route.answer({ ...request, params: found.params })
}

/** Starts a service; rejects with the system's error when the port is taken. Port 0 takes any free one. */
export async function startService(
  profile: ServiceProfile,
  port: number,
  accessTokenLifetime: number,
): Promise<RunningService> {
  let respond: (request: Incoming, response: ServerResponse) => Promise<void> = async () => {}
  const server = createServer((request, response) => {
    readRequest(request)
      .then((incoming) => respond(incoming, response))
      .catch(() => {
        if (!response.headersSent) writeAnswer(response, json(500, { error: 'server_error' }))
        else response.destroy()
      })
  })
  const baseUrl = `http://127.0.0.1:${await listen(server, port)}`
  const engine = createEngine(profile, baseUrl, accessTokenLifetime)
  const desk = createAuthorizationDesk(profile, baseUrl, engine)
  const routes = profile.routes(engine.store, baseUrl)
  respond = async (request, response) => {
    const authorization = await desk.answer(request, response)
    if (authorization === null) return
    writeAnswer(response, dress(profile, authorization ?? (await answerApi(routes, profile, request))))
  }
  return { baseUrl, close: () => closeServer(server) }
}
