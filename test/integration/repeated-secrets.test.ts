// A service that repeats what it knows: every secret of the connection and of its client, under names that promise none.
// Neither what is answered, told, stored nor logged holds one of them, whichever flow it comes in.

import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { flowTitle } from '../../contract/flow/words.ts'
import { type HostileApp, leaks, openHostileApp } from '../support/hostile-app.ts'
import { type HostileServer, startHostileServer } from '../support/hostile-server.ts'

let server: HostileServer
let setup: HostileApp
let token: string

/** All that the connection and its client hold, as the service would know it; the password is nobody's any more. */
const held = () => [...setup.place.secrets].filter((secret) => secret !== 'ada-likes-engines')

function repeating(status: number) {
  setup.place.strike('me', {
    name: 'repeats',
    answer: ({ response }) =>
      response
        .writeHead(status, `Seen ${held()[0]}`, { 'content-type': 'application/json', 'x-seen': held().join(' ') })
        .end(JSON.stringify({ id: '1', name: 'Alice', remarks: held() })),
  })
}

const { id, grantdesk } = { id: () => setup.id, grantdesk: () => setup.grantdesk }

async function send(path: string) {
  return grantdesk().call('requests.send', { key: 'k', connectionId: id(), method: 'GET', path })
}

const titles = async () => (await grantdesk().call('flows.list', {})).flows.map(flowTitle)

beforeAll(async () => {
  server = await startHostileServer()
})
afterAll(() => server.close())
beforeEach(async () => {
  setup = await openHostileApp(server)
  token = (await grantdesk().call('connections.token', { id: id() }, 'command')).accessToken
  grantdesk().crossed.pop()
  // From now on there is a refresh token before the present one, and an access token.
  await grantdesk().call('connections.refresh', { id: id() })
})
afterEach(() => setup.grantdesk.close())

it('a test request answers them as pseudonyms', async () => {
  repeating(403)
  const result = await send('/me')
  // Access and refresh token, those before them, client secret.
  expect(result.body.match(/<(?:access_token|refresh_token|client_secret|replaced_token):\w+>/g)).toHaveLength(5)
  expect(await leaks(setup)).toEqual([])
})

it('asking whose the token is, and revoking, record them as pseudonyms', async () => {
  repeating(200)
  await grantdesk().call('connections.identify', { id: id() })
  await grantdesk().call('connections.revoke', { id: id() })
  expect(await leaks(setup)).toEqual([])
})

it('reconnecting hides the tokens that were there before, too', async () => {
  repeating(200)
  const { id: attempt } = await grantdesk().call('connect.start', {
    client: { id: setup.clientId },
    grantId: 'password',
    scopes: ['read'],
    reconnect: id(),
    ...{ username: 'ada', password: 'ada-likes-engines' },
  })
  expect((await grantdesk().settled(attempt)).state).toBe('done')
  expect(await leaks(setup)).toEqual([])
})

it('a token typed into a path is told, listed and kept as a pseudonym, whole or not at all', async () => {
  const { value } = await grantdesk().call('connections.reveal', { id: id(), what: 'access_token' })
  grantdesk().crossed.pop()
  for (const typed of [value, token, encodeURIComponent(value)]) await send(`/thing/${typed}`)
  // Where the title is cut, the secret begins before the cut and ends behind it.
  await send(`/thing/${'a'.repeat(55)}/${value}`)
  expect((await titles())[0]).toMatch(/^GET \/thing\/a+\/<access_token:/)
  expect((await titles()).join()).not.toContain(value.slice(0, 10))
  expect(await leaks(setup)).toEqual([])
})
