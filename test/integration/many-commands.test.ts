// Many commands at once, as scripts and shell prompts start them: each gets its answer, by itself or through another one, and
// an expiring token is asked for once. Real processes, a real server. `npm run test:whole load` makes it as hard as it is meant to
// be borne: so many commands, and so many processes beside them that want the machine for themselves.
import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { openRemoteDoor } from '../../core/door/remote-door.ts'
import { serve, type TestServer } from '../unit/core/flows/flow-fixture.ts'
import { type Ended, openTestCommandLine, passphrase } from './grantdesk-process.ts'
import { addressOf } from './served-tab.ts'

const commands = Number(process.env.COMMANDS ?? 20)
const busyProcesses = Number(process.env.BUSY ?? 0)
/** Nothing here is measured by the clock: only a test that hangs ends by it. */
const timeout = 30 * 60_000

const grantdesk = openTestCommandLine()
let server: TestServer
let busy: ChildProcess[] = []
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
  const parameters = ['connect', 'birdview', '--base-url', server.url, '--grant', 'client_credentials']
  const client = ['--input', 'user=8', '--client-id', 'one', '--client-secret-stdin', '--passphrase-stdin']
  const input = `${passphrase}\nsecret\n`
  const { code, stderr } = await grantdesk.start([...parameters, '--name', 'many', ...client], { input }).ended
  if (code !== 0) throw new Error(stderr)
  busy = Array.from({ length: busyProcesses }, () => spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }))
}, timeout)
beforeEach(() => {
  held = Promise.resolve()
})
afterAll(async () => {
  for (const child of busy) child.kill('SIGKILL')
  await grantdesk.close()
  await server.close()
}, timeout)

/** A command may say whom it waits for, and nothing else. */
function withoutWaiting({ stderr, ...ended }: Ended): Ended {
  const said = /^(?:Waiting for .*, which holds the vault …|Another grantdesk command is under way .*)\n/gm
  return { ...ended, stderr: stderr.replace(said, '') }
}

/** The token that is held has ended as good as at once; the next one lives for an hour. */
function expectOneRequest(): number {
  life = 3_600
  return tokenRequests + 1
}

it(`${commands} commands at once are all answered, and an expiring token is asked for once`, { timeout }, async () => {
  const number = expectOneRequest()
  const all = await Promise.all(Array.from({ length: commands }, () => grantdesk.unlocked(['token', 'many'])))
  const right: Ended = { code: 0, stdout: `token-${number}\n`, stderr: '' }
  expect(all.map(withoutWaiting)).toEqual(all.map(() => right))
  expect(tokenRequests).toBe(number)
})

it('a command that comes while another waits for the service goes through it and shares its refresh', {
  timeout,
}, async () => {
  const answer = Promise.withResolvers<void>()
  held = answer.promise
  life = 1
  const before = tokenRequests
  const first = grantdesk.unlocked(['refresh', 'many'])
  await expect.poll(() => tokenRequests, { timeout }).toBe(before + 1)
  const second = grantdesk.run(['refresh', 'many'])
  expect((await grantdesk.run(['list', '--json'])).stdout).toContain('"many"')
  // The second was started before the list; this is for a machine on which it is slower all the same.
  await pause(500 * (1 + busyProcesses))
  answer.resolve()
  const both = (await Promise.all([first, second])).map(withoutWaiting)
  expect(both).toMatchObject([{ code: 0 }, { code: 0, stderr: '' }])
  expect(tokenRequests).toBe(before + 1)
})

it('a thousand calls at once through a host all get the same token by one request', { timeout }, async () => {
  const serving = grantdesk.start(['serve', '--passphrase-stdin'], { input: `${passphrase}\n` })
  await addressOf(serving)
  const number = expectOneRequest()
  // As commands do it: what a host has not begun is asked of it anew.
  const ask = async (): Promise<unknown> => {
    const door = await openRemoteDoor(grantdesk.folder)
    const answer = (await door?.ask('connections.tokenNamed', { name: 'many' })) ?? null
    door?.close()
    if (answer === null) return ask()
    return answer.ok ? answer.value.accessToken : answer.failure
  }
  const calls = Array.from({ length: 1_000 }, ask)
  const beside = Array.from({ length: Math.ceil(commands / 4) }, () => grantdesk.run(['token', 'many']))
  expect(new Set(await Promise.all(calls))).toEqual(new Set([`token-${number}`]))
  const right: Ended = { code: 0, stdout: `token-${number}\n`, stderr: '' }
  expect((await Promise.all(beside)).map(withoutWaiting)).toEqual(beside.map(() => right))
  expect(tokenRequests).toBe(number)
  serving.child.kill('SIGTERM')
  expect((await serving.ended).code).toBe(0)
})
