// `grantdesk doctor`: real processes, keys at servers that answer, refuse, and are gone.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { serve, type TestServer } from '../unit/core/flows/flow-fixture.ts'
import { openTestCommandLine, passphrase } from './grantdesk-process.ts'

const grantdesk = openTestCommandLine()
let status = 200
let server: TestServer

async function connect(name: string): Promise<void> {
  const parameters = ['connect', 'planio', '--base-url', server.url, '--grant', 'api_key', '--name', name]
  const input = `${passphrase}\nkey-of-${name}-0123456789\n`
  const { code, stderr } = await grantdesk.start([...parameters, '--token-stdin', '--passphrase-stdin'], { input })
    .ended
  if (code !== 0) throw new Error(stderr)
}

beforeAll(async () => {
  server = await serve((request, response) => {
    // Each key is an account of its own.
    const key = String(request.headers['x-redmine-api-key'] ?? '')
    response.writeHead(key.includes('dead') ? status : 200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ user: { id: key.length, login: key.slice(7, 12) } }))
  })
  await connect('alive')
  await connect('dead')
})
afterAll(async () => {
  await grantdesk.close()
  await server.close()
})

it('is content while every token works', async () => {
  const { code, stdout } = await grantdesk.unlocked(['doctor'])
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: expect.stringMatching(/^alive +\S+ +works +– +nothing\ndead +\S+ +works +– +nothing$/m),
  })
})

it('says which token is refused, and what to do, and fails', async () => {
  status = 401
  const { code, stdout, stderr } = await grantdesk.unlocked(['doctor'])
  expect([code, stderr]).toEqual([1, expect.stringContaining('One connection needs you.')])
  expect(stdout).toMatch(/^dead +\S+ +refused/m)
  expect(stdout).toMatch(/\n {2}grantdesk flow show [0-9a-f]{8}\n/)
})

it('asks one alone, as JSON', async () => {
  const { code, stdout } = await grantdesk.unlocked(['doctor', 'alive', '--json'])
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject([{ name: 'alive', token: 'works', needs: [] }])
})

it('writes a JUnit report, in which a server that is gone is an error and no failure', async () => {
  await server.close()
  const file = join(grantdesk.folder, '..', 'report.xml')
  const { code } = await grantdesk.unlocked(['doctor', 'alive', '--junit', file])
  expect(code).toBe(1)
  expect(readFileSync(file, 'utf8')).toMatch(
    /errors="1"[\s\S]*<testcase [^>]*name="alive">\s*<error type="unreachable"/,
  )
})
