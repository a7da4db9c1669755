// What the command line says of a key that was made at the service: its scopes, now and over time, the workspace that the
// person names for it, and a header that beats the token. Real processes against the practice services.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Practice, startPractice } from '../../practice/index.ts'
import { serve, type TestServer } from '../unit/core/flows/flow-fixture.ts'
import { type Ended, openTestCommandLine, passphrase } from './grantdesk-process.ts'

const grantdesk = openTestCommandLine()
let practice: Practice
let redmine: TestServer

beforeAll(async () => {
  practice = await startPractice()
  redmine = await serve((_, response) => response.end('{"user":{"id":1,"login":"ada"}}'))
})
afterAll(async () => {
  await grantdesk.close()
  await practice.close()
  await redmine.close()
})

const run = (parameters: string[], lines: string[] = []): Promise<Ended> => {
  const input = [passphrase, ...lines].map((line) => `${line}\n`).join('')
  return grantdesk.start([...parameters, '--passphrase-stdin'], { input }).ended
}

async function connect(id: string, baseUrl: string, key: string, ...more: string[]): Promise<void> {
  const parameters = ['connect', id, '--base-url', baseUrl, '--grant', 'api_key', '--name', id, '--token-stdin']
  const { code, stderr } = await run([...parameters, ...more], [key])
  if (code !== 0) throw new Error(stderr)
}

it('shows that nothing was asked for with a key, and what the API reports, now and over time', async () => {
  const plane = practice.services.find(({ id }) => id === 'plane')
  await connect('plane', plane?.baseUrl ?? '', plane?.apiKeys?.[0]?.value ?? '')
  const { stdout } = await run(['show', 'plane'])
  expect(stdout).toMatch(/Requested +none\nGranted +chosen where the token was made\nReported +read write\n/)
  const over = await run(['show', 'plane', '--scopes'])
  expect(over.stdout).toMatch(/WHEN +BY +REQUESTED +GRANTED +REPORTED\n\S+ \S+ +connected +none +– +read write\n$/)
})

it('takes the slug of a workspace or a pasted address, for every request from then on', async () => {
  const named = await run(['workspace', 'plane', 'https://app.plane.so/practice-one/projects/'])
  expect(named).toMatchObject({ code: 0, stdout: 'plane works in practice-one from now on.\n' })
  expect((await run(['workspace', 'plane'])).stdout).toMatch(/\n\* +practice-one/)
  const { stdout } = await run(['request', 'plane', 'GET', '/api/v1/workspaces/{slug}/projects/'])
  expect(stdout).toContain('Rocket')
})

it('says whether a webhook was signed by the service, with the secret and the body on standard input', async () => {
  const signature = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'
  const verify = (body: string) => {
    const input = `${passphrase}\nJefe\n${body}`
    const parameters = ['webhook', 'verify', 'plane', '--signature', signature, '--secret-stdin']
    return grantdesk.start([...parameters, '--passphrase-stdin'], { input }).ended
  }
  expect(await verify('what do ya want for nothing?')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('fits: Plane'),
  })
  expect(await verify('what do ya want for nothing?\n')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('does not fit'),
  })
})

it('says that an answer was given as to anybody, and fails, though the service answered 200', async () => {
  let known = true
  const server = await serve((request, response) => {
    if (request.url?.startsWith('/users/current') && !known) response.writeHead(401)
    response.end('{"user":{"id":1,"login":"ada"},"projects":[]}')
  })
  await connect('planio', server.url, 'token-0123456789', '--name', 'forgotten')
  known = false
  const words = 'it does not know this token, and what you see is what is public'
  const plain = await run(['request', 'forgotten', 'GET', '/projects.json'])
  expect(plain).toMatchObject({ code: 1, stdout: expect.stringContaining('projects') })
  expect(plain.stderr).toContain(words)
  const asJson = await run(['request', 'forgotten', 'GET', '/projects.json', '--json'])
  expect([asJson.code, JSON.parse(asJson.stdout).explanation]).toEqual([1, expect.stringContaining(words)])
  await server.close()
})

it('says that nobody answered for a key, while it waits, in the result and in the history', async () => {
  const server = await serve((request) => void setTimeout(() => request.socket.destroy(), 2_500))
  const parameters = ['connect', 'planio', '--base-url', server.url, '--grant', 'api_key', '--name', 'unheard']
  const { code, stderr } = await run([...parameters, '--token-stdin'], ['token-0123456789'])
  const words = 'did not answer, so whose it is was not checked'
  expect([code, stderr]).toEqual([0, expect.stringMatching(`Waiting for the service.*\\n.*Planio ${words}`)])
  expect((await run(['history', 'unheard'])).stdout).toContain(words)
  await server.close()
})

it('warns of a key typed into a request where it beats the token', async () => {
  await connect('planio', redmine.url, 'token-0123456789', '--header', 'X-Other')
  const { stderr } = await run(['request', 'planio', 'GET', '/issues.json', '--header', 'X-Redmine-API-Key: typed-123'])
  expect(stderr).toContain('Planio takes X-Redmine-API-Key before the token')
})
