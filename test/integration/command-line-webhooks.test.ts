// Webhooks on the command line: a listener that prints what comes and sends it on, the secrets it checks with. Real processes.
import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { serve, type TestServer } from '../unit/core/flows/flow-fixture.ts'
import { openTestCommandLine, passphrase, type TestCommandLine } from './grantdesk-process.ts'

const secret = 'plane_wh_0123456789abcdef'
let grantdesk: TestCommandLine
let own: TestServer
let got: string[]

beforeEach(async () => {
  grantdesk = openTestCommandLine()
  await grantdesk.makeVault()
  got = []
  own = await serve((request, response) => {
    got.push(String(request.headers['x-plane-signature']))
    response.writeHead(204).end()
  })
})
afterEach(async () => {
  await grantdesk.close()
  await own.close()
})

const body = '{"event":"issue","action":"created","activity":{"actor":{"display_name":"Ada"}}}'
const signatureOf = (key: string) => createHmac('sha256', key).update(body).digest('hex')
const deliver = (url: string, key: string) =>
  fetch(url, { method: 'POST', body, headers: { 'X-Plane-Event': 'issue', 'X-Plane-Signature': signatureOf(key) } })

const storeSecret = (...more: string[]) =>
  grantdesk.run(['webhook', 'secret', 'plane', ...more, '--secret-stdin', '--passphrase-stdin'], {
    input: `${passphrase}\n${secret}\n`,
  })

const listen = (...more: string[]) =>
  grantdesk.start(['webhook', 'listen', 'plane', ...more, '--passphrase-stdin'], { input: `${passphrase}\n` })

const addressOf = async (running: ReturnType<typeof listen>) =>
  (await running.line((line) => line.includes('http://127.0.0.1:'))).trim()

it('listens, prints each delivery as it comes, sends on what is signed, and stops at Ctrl-C', async () => {
  expect(await storeSecret('--name', 'acme')).toMatchObject({ code: 0, stdout: 'Stored: acme.\n' })
  const running = listen('--forward', own.url)
  const url = await addressOf(running)
  expect((await deliver(url, secret)).status).toBe(200)
  await running.line((line) => line.includes('✓ signature fits'))
  await running.line((line) => /Sent on: 204 after \d+ ms\./.test(line))
  expect((await deliver(url, 'forged')).status).toBe(200)
  const line = await running.line((one) => one.includes('✗ wrong signature'))
  expect(line).toMatch(
    /^\d\d:\d\d:\d\d {2}issue · created {2}✗ wrong signature {2}by Ada {2}\(same body as an earlier one\)$/,
  )
  await running.line((one) => one.includes('Not sent on.'))
  expect(got).toEqual([signatureOf(secret)])
  running.child.kill('SIGINT')
  const { code, stdout, stderr } = await running.ended
  expect(code).toBe(0)
  expect(stdout + stderr).not.toContain(secret)
  await expect(deliver(url, secret)).rejects.toThrow()
})

it('has the same address the next time, and prints JSON with headers and body for programs', async () => {
  const first = listen()
  const url = await addressOf(first)
  first.child.kill('SIGINT')
  expect((await first.ended).stderr).toContain('No secret is stored')
  const running = listen('--json')
  await expect.poll(() => running.stderr()).toContain('Ctrl-C stops.')
  expect(running.stderr()).toContain(url)
  await deliver(url, secret)
  const told = JSON.parse(await running.line((line) => line.startsWith('{')))
  expect(told).toMatchObject({ verdict: 'no_secret', event: 'issue', body, forwarded: null })
  expect(told.headers).toContainEqual({ name: 'X-Plane-Event', value: 'issue' })
  running.child.kill('SIGINT')
  expect((await running.ended).code).toBe(0)
})

it('lists secrets by name, removes one, and verifies with those that are stored', async () => {
  await storeSecret('--name', 'acme', '--workspace', 'w-1')
  const { stdout } = await grantdesk.unlocked(['webhook', 'secret', 'plane', '--list'])
  expect(stdout).toMatch(/^NAME +WORKSPACE +STORED\nacme +w-1 +\d{4}/)
  const verify = (key: string) =>
    grantdesk.run(['webhook', 'verify', 'plane', '--signature', signatureOf(key), '--passphrase-stdin'], {
      input: `${passphrase}\n${body}`,
    })
  expect(await verify(secret)).toMatchObject({ code: 0, stdout: expect.stringContaining('fits: Plane') })
  expect(await verify('forged')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('any of the stored secrets'),
  })
  expect(await grantdesk.unlocked(['webhook', 'secret', 'plane', '--remove', 'nobody'])).toMatchObject({ code: 1 })
  expect(await grantdesk.unlocked(['webhook', 'secret', 'plane', '--remove', 'Acme'])).toMatchObject({ code: 0 })
  expect((await grantdesk.unlocked(['webhook', 'secret', 'plane', '--list', '--json'])).stdout).toBe('[]\n')
})

it('sends on to this machine only', async () => {
  const ended = await listen('--forward', 'https://example.com/').ended
  expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining('this machine only') })
})
