// What the command line says of a connection whose API was asked about the token, and of a service that names nobody: real
// processes, against a server that answers as a test says.
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestServer, type TestAnswer, type TestServer } from '../support/test-server.ts'
import { type Ended, openTestCommandLine, passphrase } from './grantdesk-process.ts'
import { namelessService } from './nameless-service.ts'

const grantdesk = openTestCommandLine()
let server: TestServer
let answer: TestAnswer
/** What the token endpoint answers. */
let issued: TestAnswer
let installations: TestAnswer

const run = (parameters: string[], lines: string[] = []): Promise<Ended> => {
  const input = [passphrase, ...lines].map((line) => `${line}\n`).join('')
  return grantdesk.start([...parameters, '--passphrase-stdin'], { input }).ended
}

beforeAll(async () => {
  issued = { json: { access_token: 'at-0123456789abcdef', token_type: 'Bearer', expires_in: 3600 } }
  installations = { json: [] }
  server = await openTestServer(({ path }) => {
    if (path === '/token') return issued
    return path.startsWith('/auth/o/app-installation') ? installations : answer
  })
  const file = join(dirname(grantdesk.folder), 'nameless.json')
  writeFileSync(file, JSON.stringify(namelessService))
  const { code, stderr } = await run(['services', 'import', file])
  if (code !== 0) throw new Error(stderr)
})
afterAll(async () => {
  await grantdesk.close()
  server.close()
})

const withKey = (name: string, ...more: string[]) => {
  const place = ['connect', 'nameless', '--base-url', server.baseUrl, '--grant', 'key', '--token-stdin']
  return run([...place, '--name', name, ...more], ['key-0123456789abcdef'])
}

it('says what the test path answered, and shows it later', async () => {
  answer = { status: 404 }
  const wrong = await withKey('wrong', '--test-path', '/me')
  expect(wrong).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('The test path answered 404: There is nothing'),
  })
  answer = { json: {} }
  const { stdout } = await withKey('right', '--test-path', '/me')
  expect(stdout).toContain('The test path answered 200.')
  expect((await run(['show', 'right'])).stdout).toMatch(
    /Test path +\/me\nAnswered +[-\d]+ [\d:]+: The test path answered 200\./,
  )
})

it('names the options by which the person says what the service does not', async () => {
  const { stderr } = await withKey('blank')
  expect(stderr).toContain('Nameless does not say whose a token is: --name names the connection, --test-path')
})

it('fails where the API does not take the new tokens, which are kept', async () => {
  answer = { status: 401, json: { message: 'Unauthenticated.' } }
  const client = ['--client-id', 'c', '--client-secret-stdin', '--name', 'dead', '--test-path', '/me']
  const place = ['connect', 'nameless', '--base-url', server.baseUrl, '--grant', 'machine']
  const { code, stdout, stderr } = await run([...place, ...client], ['secret-0123456789'])
  expect([code, stdout]).toEqual([1, expect.stringContaining('Connected dead')])
  expect(stderr).toContain('needs attention: The API does not accept this token. Nameless says: Unauthenticated.')
  expect((await run(['list'])).stdout).toMatch(/dead .*needs attention/)
  const token = await run(['token', 'dead'])
  expect(token).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('does not accept this token') })
})

it('says why the account is not known', async () => {
  answer = { status: 402, json: { detail: 'Upgrade' } }
  const place = ['connect', 'planio', '--base-url', server.baseUrl, '--grant', 'api_key', '--token-stdin']
  const { stdout } = await run([...place, '--name', 'poor'], ['key-0123456789abcdef'])
  expect(stdout).toContain('Asked whose token this is, the API answered 402: The service asks for payment.')
})

it('hands out a token with a warning where it could not be refreshed', async () => {
  answer = { json: {} }
  const client = ['--client-id', 'c', '--client-secret-stdin', '--name', 'stale', '--test-path', '/me']
  const place = ['connect', 'nameless', '--base-url', server.baseUrl, '--grant', 'machine']
  await run([...place, ...client], ['secret-0123456789'])
  expect((await run(['token', 'stale'])).stderr).toBe('')
  const before = issued
  issued = { status: 400, json: { error: 'invalid_grant', error_description: 'Ended' } }
  expect((await run(['refresh', 'stale'])).code).toBe(1)
  issued = before
  const { code, stdout, stderr } = await run(['token', 'stale'])
  expect([code, stdout]).toEqual([0, 'at-0123456789abcdef\n'])
  expect(stderr).toMatch(/This token may not work: .*Ended/)
})

it('shows the bot that acts in a workspace', async () => {
  const detail = { id: 'w1', name: 'One', slug: 'one' }
  installations = { json: [{ workspace_detail: detail, app_bot: 'b1', status: 'installed' }] }
  answer = { json: { id: '1', display_name: 'Ada' } }
  const place = ['connect', 'plane', '--base-url', server.baseUrl, '--grant', 'api_key', '--token-stdin']
  await run([...place, '--name', 'bot'], ['key-0123456789abcdef'])
  expect((await run(['show', 'bot'])).stdout).toMatch(/Workspace +One \(one · bot b1 · status installed\)\n/)
})
