// A client's redirect URI on the command line, the browser that opens, and what becomes of a port whose command was killed.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '../support/foreign-server.ts'
import { openTestServer, type TestServer } from '../support/test-server.ts'
import { openTestCommandLine, passphrase, type Running } from './grantdesk-process.ts'
import { namelessService } from './nameless-service.ts'

const grantdesk = openTestCommandLine()
let server: TestServer

beforeAll(async () => {
  server = await openTestServer(({ path }) =>
    path === '/token' ? { json: { access_token: 'access-0123456789', token_type: 'Bearer' } } : {},
  )
  const grants = [{ id: 'code', type: 'authorization_code', name: 'Code' }, ...namelessService.grants]
  const file = join(grantdesk.folder, '..', 'nameless.json')
  writeFileSync(file, JSON.stringify({ ...namelessService, grants }))
  await grantdesk.makeVault()
  expect(await grantdesk.unlocked(['services', 'import', file])).toMatchObject({ code: 0 })
})
afterAll(async () => {
  server.close()
  await grantdesk.close()
})

const connecting = (...more: string[]) => [
  ...['connect', 'nameless', '--base-url', server.baseUrl, '--grant', 'code', '--client-auth', 'none'],
  ...['--test-path', '/me', '--json', ...more],
]

async function authorize(running: Running): Promise<URL> {
  const { url } = JSON.parse(await running.line((line) => line.includes('"event":"authorize"')))
  return new URL(url)
}

function answerTo({ searchParams }: URL): string {
  return `${searchParams.get('redirect_uri')}?code=c0de&state=${searchParams.get('state')}`
}

const isListening = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false))
    socket.on('connect', () => socket.destroy())
  })

async function serving(): Promise<Running> {
  const host = grantdesk.start(['serve', '--port', '0', '--passphrase-stdin'], { input: `${passphrase}\n` })
  await host.line((line) => line.includes('http://'))
  return host
}

async function ended(host: Running): Promise<void> {
  host.child.kill('SIGTERM')
  await host.ended
}

it('--redirect-uri is sent to the character, listened for, and kept with the client', async () => {
  const uri = `http://localhost:${await freePort()}/oauth/callback`
  const parameters = connecting('--client-id', 'own', '--redirect-uri', uri, '--no-browser', '--passphrase-stdin')
  const running = grantdesk.start(parameters, { input: `${passphrase}\n` })
  const url = await authorize(running)
  expect(url.searchParams.get('redirect_uri')).toBe(uri)
  await (await fetch(answerTo(url))).text()
  expect(await running.ended).toMatchObject({ code: 0 })
  expect(server.to('/token').at(-1)?.form.get('redirect_uri')).toBe(uri)
  const { stdout } = await grantdesk.unlocked(['clients', 'redirect', 'own', '--json'])
  expect(JSON.parse(stdout)).toMatchObject({ redirectUri: uri, anyPort: false })
})

it('a stored client’s redirect URI is changed, and rules to forward its answers are shown', async () => {
  const uri = 'https://myapp.example/auth/callback'
  const shown = await grantdesk.unlocked(['clients', 'redirect', 'own', uri])
  expect(shown).toMatchObject({ code: 0, stdout: expect.stringContaining(`${uri}\n`) })
  expect(shown.stdout).toContain('nginx:  location = /auth/callback { return 307 http://127.0.0.1:53682/callback')
  const parameters = connecting('--client-id', 'own', '--no-browser', '--passphrase-stdin')
  const running = grantdesk.start(parameters, { input: `${passphrase}\n`, keepsInputOpen: true })
  const url = await authorize(running)
  expect(url.searchParams.get('redirect_uri')).toBe(uri)
  running.child.stdin?.write(`${answerTo(url)}\n`)
  expect(await running.ended).toMatchObject({ code: 0 })
})

it('what can be no redirect URI is wrong usage, and so is a port beside one', async () => {
  for (const wrong of [
    ['--redirect-uri', 'callback'],
    ['--redirect-uri', 'https://a.example/', '--redirect-port', '0'],
  ]) {
    const { code, stderr } = await grantdesk.unlocked(connecting('--client-id', 'another', ...wrong))
    expect([code, stderr]).toEqual([2, expect.stringMatching(/redirect URI/)])
  }
})

describe('beside a host', () => {
  it('an attempt whose command was killed gives its port back', async () => {
    const host = await serving()
    const port = await freePort()
    const uri = `http://127.0.0.1:${port}/cb`
    const running = grantdesk.start(connecting('--client-id', 'killed', '--redirect-uri', uri, '--no-browser'))
    await authorize(running)
    expect(await isListening(port)).toBe(true)
    running.child.kill('SIGKILL')
    await expect.poll(() => isListening(port), { timeout: 20_000 }).toBe(false)
    await ended(host)
  })

  it.each([
    ['the browser that $BROWSER names for the command', (browser: string) => ({ BROWSER: browser })],
    [
      'the browser on the command’s own display',
      (browser: string) => ({ DISPLAY: ':99', PATH: `${dirname(browser)}:${process.env.PATH}` }),
    ],
  ])('%s is opened, though the host has no display', async (_name, env) => {
    const host = await serving()
    const opened = join(grantdesk.folder, '..', 'opened')
    rmSync(opened, { force: true })
    const browser = join(grantdesk.folder, '..', 'xdg-open')
    writeFileSync(browser, `#!/bin/sh\nprintf '%s\\n' "$1" > '${opened}'\n`, { mode: 0o755 })
    const running = grantdesk.start(connecting('--client-id', 'opened', '--redirect-port', '0'), { env: env(browser) })
    const url = await authorize(running)
    await expect
      .poll(() => existsSync(opened) && readFileSync(opened, 'utf8').trim(), { timeout: 20_000 })
      .toBe(url.href)
    await (await fetch(answerTo(url))).text()
    expect(await running.ended).toMatchObject({ code: 0 })
    await ended(host)
  })
})
