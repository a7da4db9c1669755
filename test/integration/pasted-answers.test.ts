// The answer of an authorization, pasted into the command line: on a terminal, and on standard input while the listener waits.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestServer, type TestServer } from '../support/test-server.ts'
import { openTestCommandLine, passphrase, type Running } from './grantdesk-process.ts'
import { namelessService } from './nameless-service.ts'
import { canPretend, onTerminal, type TerminalProcess } from './terminal-process.ts'

const grantdesk = openTestCommandLine()
let server: TestServer
const onPty = it.skipIf(!canPretend)

beforeAll(async () => {
  server = await openTestServer(({ path }) =>
    path === '/token' ? { json: { access_token: 'access-0123456789', token_type: 'Bearer' } } : {},
  )
  const described = {
    ...namelessService,
    grants: [{ id: 'code', type: 'authorization_code', name: 'Code' }, ...namelessService.grants],
  }
  const file = join(grantdesk.folder, '..', 'nameless.json')
  writeFileSync(file, JSON.stringify(described))
  await grantdesk.makeVault()
  expect(await grantdesk.unlocked(['services', 'import', file])).toMatchObject({ code: 0 })
})
afterAll(async () => {
  server.close()
  await grantdesk.close()
})

let names = 0
function connecting(...more: string[]): string[] {
  names += 1
  const client = ['--client-id', `client-${names}`, '--client-auth', 'none']
  const named = ['--name', `connection ${names}`, '--test-path', '/me']
  const redirect = ['--redirect-port', '0', '--no-browser']
  return [
    'connect',
    'nameless',
    '--base-url',
    server.baseUrl,
    '--grant',
    'code',
    ...client,
    ...named,
    ...redirect,
    ...more,
  ]
}

/** The address that the browser ends at, with this code. */
function answerTo(url: string, code: string): string {
  const { searchParams } = new URL(url)
  return `${searchParams.get('redirect_uri')}?code=${code}&state=${searchParams.get('state')}`
}

const lastCode = () => server.to('/token').at(-1)?.form.get('code')

async function waiting(afterwards?: string): Promise<TerminalProcess & { answer(code: string): string }> {
  const terminal = onTerminal(grantdesk, connecting(), afterwards)
  await terminal.shows('Passphrase of the vault: ')
  terminal.type(`${passphrase}\r`)
  await terminal.shows(/paste the code or the whole address/)
  const [url = ''] = /http\S+\/authorize\?\S+/.exec(terminal.screen()) ?? []
  return { ...terminal, answer: (code) => answerTo(url, code) }
}

const longCode = 'aZ9-'.repeat(25_000)

onPty.each([
  ['as the terminal marks it', (address: string) => `\u001b[200~${address}\u001b[201~\r`],
  ['by a terminal that marks no pastes', (address: string) => `${address}\r`],
])('an address of 100 kB pasted at a terminal arrives whole and is not shown, %s', async (_how, keys) => {
  const { answer, ended, screen, shows, type } = await waiting()
  type(keys(answer(longCode)))
  await shows('Connected connection')
  expect(await ended).toBe(0)
  expect(lastCode()).toBe(longCode)
  expect(screen()).not.toContain('aZ9-aZ9-')
  expect(screen()).toMatch(/\d\d,\d{3} characters; Enter sends them/)
})

onPty(
  'what is pasted at a terminal over lines, in quotes, and mended with Backspace and Ctrl-U is one answer',
  async () => {
    const { answer, shows, type, ended } = await waiting()
    type('not this\u0015x\u007f')
    type(`\u001b[200~"${answer('c0de-over-lines').replace('&state=', '&sta\rte=')}".\u001b[201~`)
    type('\r')
    await shows('Connected connection')
    expect(await ended).toBe(0)
    expect(lastCode()).toBe('c0de-over-lines')
  },
)

onPty('an address without its state is told what is missing, and another attempt’s is told to be that', async () => {
  const { answer, shows, type, ended } = await waiting()
  type(`${answer('c0de').replace(/&state=.*/, '')}\r`)
  await shows('a code but no state')
  type(`${answer('c0de').replace(/state=.*/, 'state=another')}\r`)
  await shows('belongs to another attempt')
  type(`${answer('c0de-of-this')}\r`)
  await shows('Connected connection')
  expect(await ended).toBe(0)
  expect(lastCode()).toBe('c0de-of-this')
})

onPty('Ctrl-C while an answer is awaited cancels the attempt, and the terminal is as it was', async () => {
  const { shows, type, ended, screen } = await waiting('stty -a')
  type('\u0003')
  await shows('cancelled')
  await ended
  expect(screen().split('cancelled').at(-1)).toMatch(/[^-]icanon[\s\S]*[^-]echo /)
})

onPty.each(['SIGTERM', 'SIGHUP', 'SIGQUIT'] as const)('%s puts the terminal back', async (signal) => {
  const { screen, ended } = await waiting('stty -a')
  const [, pid] = /process (\d+)\./.exec(screen()) ?? []
  const before = screen().length
  process.kill(Number(pid), signal)
  await ended
  const after = screen().slice(before)
  expect(after).toContain('\u001b[?2004l')
  expect(after).toMatch(/[^-]icanon[\s\S]*[^-]echo /)
})

onPty('a signal that ends a hidden question puts the terminal back', async () => {
  const terminal = onTerminal(grantdesk, ['list'], 'stty -a')
  await terminal.shows('Passphrase of the vault: ')
  process.kill(Number(/process (\d+)\./.exec(terminal.screen())?.[1]), 'SIGTERM')
  await terminal.ended
  expect(terminal.screen()).toContain('\u001b[?2004l')
  expect(terminal.screen()).toMatch(/[^-]icanon[\s\S]*[^-]echo /)
})

onPty('a key longer than a line of the terminal’s own is read whole and shown nowhere', async () => {
  const key = `ey.${'kEy7'.repeat(2_000)}.x`
  const parameters = [
    'connect',
    'nameless',
    '--base-url',
    server.baseUrl,
    '--grant',
    'key',
    '--name',
    'long',
    '--test-path',
    '/me',
  ]
  const { shows, type, ended, screen } = onTerminal(grantdesk, parameters)
  await shows('Passphrase of the vault: ')
  type(`${passphrase}\r`)
  await shows('Key: ')
  type(`${key}\r`)
  await shows('Connected long')
  expect(await ended).toBe(0)
  expect(server.to('/me').at(-1)?.headers.authorization).toBe(`Bearer ${key}`)
  expect(screen()).not.toContain('kEy7kEy7')
})

async function startWaiting(): Promise<{ running: Running; answer(code: string): string }> {
  const parameters = [...connecting('--json'), '--passphrase-stdin']
  const running = grantdesk.start(parameters, { input: `${passphrase}\n`, keepsInputOpen: true })
  const { url } = JSON.parse(await running.line((line) => line.includes('"event":"authorize"')))
  return { running, answer: (code) => answerTo(url, code) }
}

it.each([
  ['in quotes', (address: string) => `"${address}"\n`],
  ['in angle brackets with a full stop', (address: string) => `<${address}>.\n`],
  ['over lines', (address: string) => `${address.replace('&state=', '\n&sta\nte=')}\n`],
  ['after a line that is none', (address: string) => `nothing here\n\n${address}\n`],
])('an address on standard input is taken while the listener waits, %s', async (_how, lines) => {
  const { running, answer } = await startWaiting()
  running.child.stdin?.write(lines(answer('c0de-of-stdin')))
  expect(await running.ended).toMatchObject({ code: 0, stdout: expect.stringContaining('"event":"connected"') })
  expect(lastCode()).toBe('c0de-of-stdin')
})

it('an address of 100 kB on standard input arrives whole', async () => {
  const { running, answer } = await startWaiting()
  running.child.stdin?.write(`${answer(longCode)}\n`)
  expect((await running.ended).code).toBe(0)
  expect(lastCode()).toBe(longCode)
})

it('the browser’s answer is still waited for when standard input ends', async () => {
  const { running, answer } = await startWaiting()
  running.child.stdin?.end()
  await (await fetch(answer('c0de-of-the-browser'))).text()
  expect((await running.ended).code).toBe(0)
  expect(lastCode()).toBe('c0de-of-the-browser')
})
