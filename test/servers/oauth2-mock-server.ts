// oauth2-mock-server as it comes, the server that many projects test against: it takes every client, redirect URI and secret,
// answers without a page, accepts each revocation and ends nothing by it, and calls every token active. Its issuer is
// http://localhost:PORT. Its access tokens are told apart by an id: as it comes, those of one second are the same.
//
//     node oauth2-mock-server.ts PORT
//
// Ends by itself when its standard input does, so that it never outlives the test that started it.
import { randomUUID } from 'node:crypto'
import { OAuth2Server } from 'oauth2-mock-server'

const server = new OAuth2Server()
await server.issuer.keys.generate('RS256')
server.service.on('beforeTokenSigning', ({ payload }: { payload: Record<string, unknown> }) => {
  payload.jti = randomUUID()
})
await server.start(Number(process.argv[2]), '127.0.0.1')
process.stdin.once('end', () => process.exit()).resume()
