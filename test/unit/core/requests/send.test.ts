import { afterEach, expect, it } from 'vitest'
import type { RequestInput } from '../../../../contract/request.ts'
import type { Context } from '../../../../core/connections/context.ts'
import type { Refresher } from '../../../../core/connections/refresh.ts'
import { createRequests } from '../../../../core/requests/send.ts'
import { Secret } from '../../../../core/secret.ts'
import { flowFixture, serve, type TestServer } from '../flows/flow-fixture.ts'

const token = 'ATtokaB3dE6gH9jK2mN5pQ8rS1tU4v'
let server: TestServer
afterEach(() => server.close())

async function requests(...answer: Parameters<typeof serve>) {
  server = await serve(...answer)
  const details: string[] = []
  const add = async (_id: string, { detail }: { detail: string }) => details.push(detail)
  const context = {
    connections: {
      record: () => ({
        ...{ name: 'A', serviceId: 's', baseUrl: server.url, clientId: null },
        ...{ workspace: null, bearer: null, grantId: 'g', kept: {} },
      }),
      tokens: async () => ({ accessToken: new Secret(token) }),
    },
    services: {
      find: () => ({
        bearer: { header: 'Authorization', prefix: 'Bearer ' },
        grants: [],
        requestHeaders: {},
        beatsBearer: [],
      }),
    },
    flows: flowFixture().log,
    history: { note: add, addFailure: add },
    clock: { now: Date.now },
    retryPolicyFor: () => ({}),
  } as unknown as Context
  const refresher = { ensureFresh: async () => {}, confirmRefresh: async () => {} } as unknown as Refresher
  const input = (path: string): RequestInput => ({
    key: 'k',
    connectionId: 'c',
    method: 'GET',
    path,
    headers: [],
    body: '',
  })
  return { details, send: (path: string) => createRequests(context, refresher).send(input(path), 'window') }
}

it('answers nothing of a response in which the token still stands', async () => {
  const { send } = await requests((_request, response) => {
    response.writeHead(401, `Bad ${token}`, {
      'www-authenticate': `Bearer error="invalid_token", error_description="token ${token} expired"`,
      'x-ratelimit-limit': token,
      'x-ratelimit-remaining': token,
      [`x-${token}`]: '1',
    })
    response.end(token)
  })
  const result = await send('/x')
  expect(result.explanation).toContain('The server says: token <access_token:')
  expect(result.rateLimit?.limit).toContain('<access_token:')
  expect(JSON.stringify(result).toLowerCase()).not.toContain(token.toLowerCase())
})

it.each(['retry-after', 'x-ratelimit-reset'])('says after %s how long a rate limit holds', async (header) => {
  const { send } = await requests((_request, response) => response.writeHead(429, { [header]: '7' }).end())
  expect((await send('/x')).explanation).toContain('opens again in 7 s.')
})

it('leaves a token out of the history, and what was refused before it was sent altogether', async () => {
  const { send, details } = await requests((_request, response) => response.end())
  await send(`/x/${token}?q=${token}#f`)
  await expect(send(`http://ada:pw@${new URL(server.url).host}/x`)).rejects.toThrow('user name or password')
  await expect(send('https://ada:pw@no host/x')).rejects.toThrow()
  expect(details[0]).toMatch(/^GET \/x\/<access_token:\w+> → 200$/)
  expect(details).toHaveLength(1)
  expect(details.join()).not.toMatch(/ada|pw|ATtok/)
})
