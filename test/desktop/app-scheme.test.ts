// An answer at an app's own scheme, in a real Electron: the system is told that Grantdesk opens it while an attempt waits, the
// answer comes as the argument of a second start, and nothing of it stays.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Attempt } from '../../contract/attempt.ts'
import { until } from '../support/child.ts'
import { codeService } from '../support/code-service.ts'
import { openTestServer, type TestServer } from '../support/test-server.ts'
import { describeDesktop } from './desktop-suite.ts'
import { callDoor, snapshotOf } from './door.ts'
import { type Grantdesk, launchGrantdesk } from './launch.ts'
import { type Machine, startMachine } from './machine.ts'
import { olderRuntime, repository } from './runtime.ts'

const redirectUri = 'com.example.app:/oauth/cb'

describeDesktop('an answer at an app’s own scheme', (executable) => {
  let machine: Machine
  let server: TestServer
  let grantdesk: Grantdesk

  beforeAll(async () => {
    server = await openTestServer(({ path }) =>
      path === '/token'
        ? { json: { access_token: 'at-0123456789abcdef', token_type: 'Bearer', expires_in: 3600 } }
        : { json: { id: '1', name: 'Ada' } },
    )
    machine = await startMachine('open')
    mkdirSync(applications(), { recursive: true })
    grantdesk = await launchGrantdesk(executable, machine)
    await grantdesk.page.getByRole('button', { name: /^Vault open/ }).waitFor()
    await callDoor(grantdesk.page, 'services.import', { text: codeService('forge', 'Forge', server.baseUrl) })
  })
  afterAll(async () => {
    await grantdesk?.quit()
    await machine?.close()
    server?.close()
  })

  const applications = () => join(machine.env.XDG_DATA_HOME ?? '', 'applications')
  const defaults = () => join(machine.env.XDG_CONFIG_HOME ?? '', 'mimeapps.list')
  const defaultText = () => (existsSync(defaults()) ? readFileSync(defaults(), 'utf8') : '')

  async function start(uri = redirectUri): Promise<Attempt> {
    return (await callDoor(grantdesk.page, 'connect.start', {
      client: {
        ...{ serviceId: 'forge', baseUrl: server.baseUrl, clientId: 'app', clientSecret: 'app-s3cret-0123456789' },
        ...{ clientAuthentication: 'body', redirect: { mode: 'exact', uri } },
      },
      ...{ grantId: 'code', scopes: [] },
    })) as Attempt
  }

  /** What the system does with such an address: it starts the app once more. */
  async function handOver(address: string): Promise<void> {
    const second = spawn(executable, ['-r', olderRuntime, repository, address], { env: machine.env, stdio: 'ignore' })
    const [code] = await once(second, 'exit')
    expect(code).toBe(0)
  }

  const present = async (id: string) => (await snapshotOf(grantdesk.page)).attempts.find((one) => one.id === id)

  it('comes by a second start; anything else that comes so changes nothing', async () => {
    const attempt = await start()
    if (attempt.state !== 'awaiting_redirect') throw new Error(attempt.state)
    expect(attempt.redirectUri).toBe(redirectUri)
    expect(readdirSync(applications())).toEqual(['grantdesk-answer-com.example.app.desktop'])
    expect(defaultText()).toContain('x-scheme-handler/com.example.app=grantdesk-answer-com.example.app.desktop')
    const state = new URL(attempt.authorizationUrl).searchParams.get('state') ?? ''
    for (const address of [
      `${redirectUri}?code=c&state=another`,
      `com.example.app:/other?code=c&state=${state}`,
      `${redirectUri}?error=access_denied`,
    ]) {
      await handOver(address)
    }
    const strays = async () => {
      const { events } = (await callDoor(grantdesk.page, 'flows.get', { id: attempt.flowId })) as {
        events: { kind: string; reason?: string }[]
      }
      return events.filter(({ kind }) => kind === 'stray_request').map(({ reason }) => reason)
    }
    await until(async () => (await strays()).length === 3, 'all three were noted')
    expect(await strays()).toEqual(['state', 'path', 'unproven_error'])
    expect(await present(attempt.id)).toMatchObject({ state: 'awaiting_redirect' })
    expect(server.to('/token')).toEqual([])
    await handOver(`${redirectUri}?code=the-code&state=${state}`)
    await until(async () => (await snapshotOf(grantdesk.page)).connections.length === 1, 'it is connected')
    expect(server.to('/token')[0]?.form.get('code')).toBe('the-code')
    expect(server.to('/token')[0]?.form.get('redirect_uri')).toBe(redirectUri)
    expect(readdirSync(applications())).toEqual([])
    expect(defaultText()).not.toContain('grantdesk-answer')
  })

  it('is asked for no more once the attempt is cancelled', async () => {
    const attempt = await start()
    expect(readdirSync(applications())).toHaveLength(1)
    await callDoor(grantdesk.page, 'connect.cancel', { id: attempt.id })
    await until(() => readdirSync(applications()).length === 0, 'the scheme is taken back')
    await handOver(`${redirectUri}?code=c&state=s`)
    expect((await present(attempt.id))?.state).toBe('failed')
  })

  it('is pasted where another program opens the scheme, which keeps it, and where no app may take it', async () => {
    const other = '[Desktop Entry]\nType=Application\nName=Other\nExec=true\n'
    writeFileSync(join(applications(), 'other.desktop'), other)
    writeFileSync(defaults(), '[Default Applications]\nx-scheme-handler/com.example.app=other.desktop\n')
    const owned = await start()
    expect(owned).toMatchObject({
      state: 'awaiting_code',
      why: expect.stringMatching(
        /^Another program opens these addresses on this computer: other\. .*Paste that whole address/,
      ),
    })
    expect(readdirSync(applications())).toEqual(['other.desktop'])
    await callDoor(grantdesk.page, 'connect.cancel', { id: owned.id })
    const dotless = await start('myapp:/cb')
    expect(dotless).toMatchObject({
      state: 'awaiting_code',
      why: expect.stringMatching(/^After consent the browser is sent/),
    })
    await callDoor(grantdesk.page, 'connect.cancel', { id: dotless.id })
    expect(defaultText()).toContain('com.example.app=other.desktop')
  })
})
