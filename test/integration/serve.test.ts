// `grantdesk serve` as a process: what it prints, whom it lets in, and the one vault between it and other commands.
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Practice, startPractice } from '../../practice/index.ts'
import { rawRequest, sendRaw } from '../unit/core/door/raw-http.ts'
import { openTestCommandLine, passphrase, type Running, type TestCommandLine } from './grantdesk-process.ts'
import { visit } from './practice-browser.ts'
import { addressOf, caller, letIn } from './served-tab.ts'

const commandLines: TestCommandLine[] = []
function newCommandLine(): TestCommandLine {
  const grantdesk = openTestCommandLine()
  commandLines.push(grantdesk)
  return grantdesk
}
afterAll(async () => {
  for (const grantdesk of commandLines) await grantdesk.close()
})

describe('a tab', () => {
  const grantdesk = newCommandLine()
  let serving: Running
  let address: URL
  let pass = { cookie: '', 'grantdesk-proof': '' }

  beforeAll(async () => {
    serving = grantdesk.start(['serve'])
    address = await addressOf(serving)
    pass = await letIn(address)
  })

  it('gets the built user interface under a policy that lets it do nothing else', async () => {
    const answer = await fetch(address.origin, { headers: { cookie: pass.cookie } })
    const html = await answer.text()
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self' 'nonce-/,
    )
    expect(html).not.toContain('__GRANTDESK_NONCE__')
    const script = /<script[^>]* src="([^"]+)"/.exec(html)?.[1] ?? ''
    const loaded = await fetch(new URL(script, address.origin), { headers: { cookie: pass.cookie } })
    expect(loaded.headers.get('content-type')).toContain('javascript')
    expect((await fetch(new URL(script, address.origin))).status).toBe(401)
  })

  it('makes the vault, hears of it, and finds no secret in what crosses', async () => {
    const call = caller(address, pass)
    const stream = await fetch(`${address.origin}/changes`, { headers: pass })
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
    expect((await reader?.read())?.value).toContain('"state":"new"')
    const created = await call('vault.create', { passphrase })
    expect(created).toMatchObject({ ok: true, value: { state: 'open' } })
    const heard = (await reader?.read())?.value ?? ''
    expect(heard).toContain('"state":"open"')
    expect(heard).not.toContain(passphrase)
    await reader?.cancel()
  })

  it('is told in plain data that a call is unknown or malformed', async () => {
    const call = caller(address, pass)
    for (const name of ['nothing', 'constructor', '__proto__', 'toString']) {
      expect(await call(name)).toMatchObject({ ok: false, failure: { kind: 'not_found' } })
    }
    expect(await call('connections.refresh', { id: 7 })).toMatchObject({
      ok: false,
      failure: { kind: 'invalid_input' },
    })
  })

  it('cannot be stood in for by another page, name, method, size or header', async () => {
    const port = Number(address.port)
    const body = JSON.stringify({ procedure: 'app.snapshot', input: {} })
    const sent = { Cookie: pass.cookie, 'Grantdesk-Proof': pass['grantdesk-proof'] }
    const attack = async (headers: Record<string, string | null>, method = 'POST') => {
      const text = rawRequest('/door', port, { method, headers: { ...sent, ...headers }, body })
      return (await sendRaw(port, text)).status
    }
    expect(await attack({})).toBe(200)
    expect(await attack({ Host: 'evil.example' })).toBe(421)
    expect(await attack({ Origin: 'http://evil.example' })).toBe(403)
    expect(await attack({ Origin: null })).toBe(403)
    expect(await attack({ Cookie: null })).toBe(401)
    expect(await attack({ 'Grantdesk-Proof': null })).toBe(401)
    expect(await attack({ 'Content-Type': 'text/plain' })).toBe(415)
    expect(await attack({ 'Content-Length': '50000000' })).toBe(413)
    expect(await attack({ 'Transfer-Encoding': 'chunked' })).toBe(400)
    expect(await attack({}, 'PUT')).toBe(405)
    expect(await attack({})).toBe(200)
  })

  it('is on loopback only', () => {
    if (process.platform !== 'linux') return
    const hex = Number(address.port).toString(16).toUpperCase().padStart(4, '0')
    const listening = ['tcp', 'tcp6'].flatMap((name) =>
      readFileSync(`/proc/net/${name}`, 'utf8')
        .split('\n')
        .map((line) => line.trim().split(/\s+/))
        .filter(([, local, , state]) => local?.endsWith(`:${hex}`) && state === '0A')
        .map(([, local]) => local),
    )
    expect(listening).toEqual([`0100007F:${hex}`])
  })

  it('leaves nothing behind when the host is stopped', async () => {
    expect(statSync(join(grantdesk.folder, 'door.sock')).mode & 0o777).toBe(0o600)
    serving.child.kill('SIGTERM')
    expect(await serving.ended).toMatchObject({ code: 0, stderr: '' })
    expect(readdirSync(grantdesk.folder).sort()).toEqual(['vault.copy.json', 'vault.json'])
  })
})

describe('one vault', () => {
  const grantdesk = newCommandLine()
  let practice: Practice
  let serving: Running

  beforeAll(async () => {
    practice = await startPractice()
    serving = grantdesk.start(['serve', '--passphrase-fd', '3'], { descriptors: [`${passphrase}\n`] })
    await addressOf(serving)
  })
  afterAll(() => practice.close())

  it('is opened by a passphrase on a descriptor of its own', async () => {
    expect(await grantdesk.run(['list'])).toMatchObject({ code: 0, stderr: '' })
  })

  it('has one host: a second names the first', async () => {
    const { code, stdout, stderr } = await grantdesk.run(['serve'])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain(`held by “grantdesk serve” (process ${serving.child.pid} `)
  })

  it('is reached by commands through its host, without a passphrase', async () => {
    const [plane] = practice.services
    const [client] = plane?.clients ?? []
    const parameters = ['connect', 'plane', '--base-url', plane?.baseUrl ?? '', '--client-id', client?.clientId ?? '']
    const connecting = grantdesk.start(
      [...parameters, '--redirect-port', '0', '--no-browser', '--json', '--name', 'through', '--client-secret-stdin'],
      { input: client?.clientSecret ?? '' },
    )
    const { url } = JSON.parse(await connecting.line((line) => line.includes('"authorize"')))
    const { redirect } = await visit(url)
    await fetch(redirect ?? '')
    expect(await connecting.ended).toMatchObject({ code: 0, stderr: expect.not.stringContaining('passphrase') })
    expect(JSON.parse((await grantdesk.run(['list', '--json'])).stdout)).toMatchObject([
      { name: 'through', state: 'active' },
    ])
    expect((await grantdesk.run(['token', 'through'])).stdout).toMatch(/^pln_[\w-]+\n$/)
  })

  it('is left to its host when a command through it is cancelled', async () => {
    const connecting = grantdesk.start(['connect', 'plane', '--no-browser', '--json'])
    await connecting.line((line) => line.includes('"authorize"'))
    connecting.child.kill('SIGINT')
    expect(await connecting.ended).toMatchObject({ code: 1, stderr: expect.stringContaining('cancelled') })
    expect((await grantdesk.run(['list'])).code).toBe(0)
  })

  it('tells a command that waits when its host is stopped, and is taken over after a crash', async () => {
    const connecting = grantdesk.start(['connect', 'plane', '--no-browser', '--json'])
    await connecting.line((line) => line.includes('"authorize"'))
    serving.child.kill('SIGKILL')
    expect(await connecting.ended).toMatchObject({ code: 1, stderr: expect.stringContaining('was stopped') })
    expect(existsSync(join(grantdesk.folder, 'owner.json'))).toBe(true)
    expect((await grantdesk.unlocked(['list', '--json'])).stdout).toContain('"through"')
    const next = grantdesk.start(['serve'])
    await addressOf(next)
    expect((await grantdesk.run(['list'])).code).toBe(1)
    next.child.kill('SIGINT')
    expect((await next.ended).code).toBe(0)
  })

  it('is held by a host that is stopped, and the sentence says who and how to let it go on', async () => {
    const next = grantdesk.start(['serve'])
    await addressOf(next)
    next.child.kill('SIGSTOP')
    const { code, stderr } = await grantdesk.run(['list'])
    next.child.kill('SIGCONT')
    expect(code).toBe(1)
    expect(stderr).toContain(`(process ${next.child.pid}), which is stopped and does not answer`)
    expect(stderr).toContain(`kill -CONT ${next.child.pid}`)
    next.child.kill('SIGTERM')
    await next.ended
  })
})

it.skipIf(process.platform === 'win32')('ends in order whatever signal tells it to', async () => {
  const signals = ['SIGABRT', 'SIGQUIT', 'SIGHUP', 'SIGALRM', 'SIGUSR2', 'SIGTERM'] as const
  for (const signal of signals) {
    const grantdesk = newCommandLine()
    const serving = grantdesk.start(['serve'])
    await addressOf(serving)
    serving.child.kill(signal)
    expect([signal, await serving.ended]).toEqual([signal, expect.objectContaining({ code: 0, stderr: '' })])
    expect([signal, readdirSync(grantdesk.folder)]).toEqual([signal, []])
  }
})

it.skipIf(process.platform !== 'linux')('opens the browser without the address among anybody’s arguments', async () => {
  const grantdesk = newCommandLine()
  const programs = join(grantdesk.folder, '..', 'programs')
  mkdirSync(programs)
  writeFileSync(join(programs, 'xdg-open'), '#!/bin/sh\nprintf %s "$*" > "$0.arguments"\n', { mode: 0o755 })
  const env = { PATH: `${programs}:${process.env.PATH}`, DISPLAY: ':0' }
  const serving = grantdesk.start(['serve', '--open'], { env })
  const address = await addressOf(serving)
  await expect.poll(() => existsSync(join(programs, 'xdg-open.arguments'))).toBe(true)
  const opened = new URL(readFileSync(join(programs, 'xdg-open.arguments'), 'utf8'))
  expect(opened.protocol).toBe('file:')
  expect(statSync(opened).mode & 0o777).toBe(0o600)
  const ticketUrl = /0;url=(http[^"]+)/.exec(readFileSync(opened, 'utf8'))?.[1] ?? ''
  expect(ticketUrl).not.toContain(address.searchParams.get('token'))
  const headers = { 'sec-fetch-site': 'cross-site' }
  expect((await fetch(ticketUrl, { headers })).headers.get('set-cookie')).toContain('grantdesk-')
  expect((await fetch(ticketUrl, { headers })).status).toBe(401)
  serving.child.kill('SIGINT')
  expect((await serving.ended).code).toBe(0)
  expect(existsSync(opened)).toBe(false)
})
