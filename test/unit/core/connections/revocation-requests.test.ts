import { afterEach, beforeEach, describe, expect, it } from 'vitest'
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

beforeEach(async () => {
  asked = []
  refused = null
  server = await serve((_request, response, body) => {
    const token = new URLSearchParams(body).get('token') ?? ''
    asked.push(token)
    if (token !== refused) response.end()
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

function revoke(held: TokensRecord) {
  const service = catalogue().find(({ id }) => id === 'planio')
  if (!service) throw new Error('no planio')
  const recording = flowFixture().log.start({ kind: 'revoke', about: {}, serviceId: service.id })
  const client = {
    ...{ name: 'Mine', serviceId: service.id, baseUrl: server.url, clientId: 'app', hasSecret: true },
    ...{ clientAuthentication: 'body' as const, grantAuthentication: {}, pkce: 'S256' as const },
    redirect: { mode: 'ephemeral' as const },
    practice: false,
  }
  const grant = grantOf(service, 'authorization_code')
  return requestRevocations(
    { service, grant, client, clientSecret: new Secret('app-s3cret'), kept: {}, recording },
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

  it('asks for what is held alone', async () => {
    await revoke({ ...tokens, refreshToken: null, previousRefreshToken: null })
    expect(asked).toEqual(['access-0123456789'])
  })
})
