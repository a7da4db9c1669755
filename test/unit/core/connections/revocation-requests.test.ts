import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ClientAuthentication } from '../../../../contract/service.ts'
import { requestRevocations } from '../../../../core/connections/revocation-requests.ts'
import { grantOf } from '../../../../core/connections/token-source.ts'
import type { TokensRecord } from '../../../../core/records.ts'
import { Secret } from '../../../../core/secret.ts'
import { catalogue } from '../../../../core/services/catalogue.ts'
import { flowFixture, serve, type TestServer } from '../flows/flow-fixture.ts'

let server: TestServer
/** The tokens that the server was asked to revoke, in their order. */
let asked: string[]
let refused: string | null
/** How each request authenticated, and the only method that the server takes; any where it is `null`. */
let methods: ClientAuthentication[]
let taken: ClientAuthentication | null

beforeEach(async () => {
  asked = []
  refused = null
  methods = []
  taken = null
  server = await serve((request, response, body) => {
    const form = new URLSearchParams(body)
    const token = form.get('token') ?? ''
    asked.push(token)
    const credentials = Buffer.from((request.headers.authorization ?? '').slice('Basic '.length), 'base64').toString()
    const method = form.has('client_secret') ? 'body' : credentials === 'app:app s3cret' ? 'basic-raw' : 'basic'
    methods.push(method)
    if (taken !== null && method !== taken) response.writeHead(401).end()
    else if (token !== refused) response.end()
    else response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":"invalid_request"}')
  })
})

afterEach(() => server.close())

const tokens: TokensRecord = {
  accessToken: new Secret('access-0123456789'),
  refreshToken: new Secret('newest-0123456789'),
  previousRefreshToken: new Secret('before-0123456789'),
  replaced: [],
}

function revoke(
  held: TokensRecord,
  { own = 'body', described }: { own?: ClientAuthentication; described?: ClientAuthentication } = {},
) {
  const planio = catalogue().find(({ id }) => id === 'planio')
  if (!planio) throw new Error('no planio')
  const service = { ...planio, revocation: { ...planio.revocation, clientAuthentication: described } }
  const recording = flowFixture().log.start({ kind: 'revoke', about: {}, serviceId: service.id })
  const client = {
    ...{ name: 'Mine', serviceId: service.id, baseUrl: server.url, clientId: 'app', hasSecret: true },
    ...{ clientAuthentication: own, grantAuthentication: {}, pkce: 'S256' as const },
    redirect: { mode: 'ephemeral' as const },
    practice: false,
  }
  const grant = grantOf(service, 'authorization_code')
  return requestRevocations(
    { service, grant, client, clientSecret: new Secret('app s3cret'), kept: {}, recording },
    held,
  )
}

describe('revoking', () => {
  it('ends the refresh token before as well, which may live on until the new access token is used', async () => {
    const { accepted } = await revoke(tokens)
    expect(asked).toEqual(['newest-0123456789', 'before-0123456789', 'access-0123456789'])
    expect(accepted).toEqual(['refresh_token', 'access_token'])
  })

  it('is no less done when the service does not know that one any more', async () => {
    refused = 'before-0123456789'
    const { accepted, refused: no } = await revoke(tokens)
    expect([accepted, no.size]).toEqual([['refresh_token', 'access_token'], 0])
  })

  const one = { ...tokens, refreshToken: null, previousRefreshToken: null }

  it.each<[string, ClientAuthentication, ClientAuthentication, ClientAuthentication, ClientAuthentication[]]>([
    ['the client’s own spelling of Basic', 'basic-raw', 'basic', 'basic-raw', ['basic-raw']],
    ['the other spelling', 'body', 'basic', 'basic-raw', ['basic', 'basic-raw']],
    ['the client’s own method', 'body', 'basic', 'body', ['basic', 'basic-raw', 'body']],
    ['the client’s own Basic', 'basic', 'body', 'basic', ['body', 'basic']],
  ])('where the described method is not taken ends with %s', async (_, own, described, takes, expected) => {
    taken = takes
    const { accepted } = await revoke(one, { own, described })
    expect({ accepted, methods }).toEqual({ accepted: ['access_token'], methods: expected })
  })

  it('asks for what is held alone', async () => {
    await revoke({ ...tokens, refreshToken: null, previousRefreshToken: null })
    expect(asked).toEqual(['access-0123456789'])
  })
})
