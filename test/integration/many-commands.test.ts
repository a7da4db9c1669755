// Many commands at once on a vault that no host holds, as scripts and shell prompts start them: each gets its answer, by
// itself or through another one, and an expiring token is asked for once. Real processes, a real server.
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { serve, type TestServer } from '../unit/core/flows/flow-fixture.ts'
import { type Ended, openDesk, passphrase } from './grantdesk-process.ts'

const desk = openDesk()
let server: TestServer
let tokenRequests = 0
/** The life (s) of the next token. */
let life = 1
/** What a token request waits for. */
let held: Promise<unknown> = Promise.resolve()

beforeAll(async () => {
  server = await serve(async (request, response) => {
    response.setHeader('content-type', 'application/json')
    if (request.url !== '/OAuth2/Token') return response.end('{"id":8,"name":"Ada"}')
    tokenRequests += 1
    await held
    response.end(JSON.stringify({ access_token: `token-${tokenRequests}`, token_type: 'Bearer', expires_in: life }))
  })
  const parameters = [
    'connect',
    'birdview',
    '--base-url',
    server.url,
    '--grant',
    'client_credentials',
    '--name',
    'many',
  ]
  const client = ['--input', 'user=8', '--client-id', 'one', '--client-secret-stdin', '--passphrase-stdin']
  const { code, stderr } = await desk.start([...parameters, ...client], { input: `${passphrase}\nsecret\n` }).ended
  if (code !== 0) throw new Error(stderr)
})
afterAll(async () => {
  await desk.close()
  await server.close()
})

/** On a machine that is busy a command may say whom it waits for, and nothing else. */
function withoutWaiting({ stderr, ...ended }: Ended): Ended {
  return { ...ended, stderr: stderr.replace(/^Waiting for .*, which holds the vault …\n/gm, '') }
}

it('twenty commands at once are all answered, and an expiring token is asked for once', async () => {
  life = 3_600
  const all = await Promise.all(Array.from({ length: 20 }, () => desk.unlocked(['token', 'many'])))
  expect(all.map(withoutWaiting)).toEqual(all.map((): Ended => ({ code: 0, stdout: 'token-2\n', stderr: '' })))
  expect(tokenRequests).toBe(2)
}, 60_000)

it('a command that comes while another waits for the service goes through it and shares its refresh', async () => {
  const answer = Promise.withResolvers<void>()
  held = answer.promise
  const first = desk.unlocked(['refresh', 'many'])
  await expect.poll(() => tokenRequests, { timeout: 60_000 }).toBe(3)
  const second = desk.run(['refresh', 'many'])
  expect((await desk.run(['list', '--json'])).stdout).toContain('"many"')
  // The second was started before the list; this is for a machine on which it is slower all the same.
  await pause(500)
  answer.resolve()
  expect(await Promise.all([first, second])).toMatchObject([{ code: 0 }, { code: 0, stderr: '' }])
  expect(tokenRequests).toBe(3)
}, 30_000)
