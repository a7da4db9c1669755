// Addresses of an app's own scheme: asked of the system only while somebody waits for one, and taken back. The registration on
// Linux is xdg-mime's own, in a folder of the test's.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { appAddresses, type SchemeRegistration } from '../../../electron/app-addresses.ts'
import { rememberedSchemes } from '../../../electron/remembered-schemes.ts'
import { type ProtocolClients, schemeRegistration } from '../../../electron/scheme-registration.ts'
import { findProgram } from '../../support/programs.ts'

const scheme = 'com.example.app'
const launch = { program: '/opt/Grant desk/grantdesk', parameters: ['/a "b" $c'], home: undefined }
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'grantdesk-schemes-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function fakeRegistration(why: string | null = null) {
  const told: string[] = []
  const registration: SchemeRegistration = {
    async register(name) {
      told.push(`register ${name}`)
      return why
    },
    async release(name) {
      told.push(`release ${name}`)
    },
  }
  return { told, registration }
}

describe('addresses of an app’s own scheme', () => {
  it('go to those who wait for their scheme, and the system is told once for all of them', async () => {
    const { told, registration } = fakeRegistration()
    const addresses = appAddresses(registration)
    const one: string[] = []
    const other: string[] = []
    const first = await addresses.receive(scheme, (address) => one.push(address))
    const second = await addresses.receive(scheme, (address) => other.push(address))
    addresses.arrived([
      '/usr/bin/grantdesk',
      '--flag',
      'COM.example.app:/cb?code=c',
      'com.example.other:/cb',
      'https://a.b/',
    ])
    addresses.arrived([`com.example.app:/cb?${'x'.repeat(500_000)}`])
    expect([one, other]).toEqual([['COM.example.app:/cb?code=c'], ['COM.example.app:/cb?code=c']])
    if ('why' in first || 'why' in second) throw new Error('it was refused')
    await first.end()
    expect(told).toEqual(['register com.example.app'])
    addresses.arrived(['com.example.app:/cb'])
    await second.end()
    await second.end()
    addresses.arrived(['com.example.app:/cb'])
    expect([one.length, other.length]).toEqual([1, 2])
    expect(told).toEqual(['register com.example.app', 'release com.example.app'])
  })

  it('that another program opens are not taken, and the person is told why', async () => {
    const { told, registration } = fakeRegistration('Another program opens them.')
    const addresses = appAddresses(registration)
    const taken: string[] = []
    expect(await addresses.receive(scheme, (address) => taken.push(address))).toEqual({
      why: 'Another program opens them.',
    })
    addresses.arrived(['com.example.app:/cb'])
    expect(taken).toEqual([])
    expect(told).toEqual(['register com.example.app'])
  })

  it('of a start that was killed are taken back at the next one', async () => {
    const killed = rememberedSchemes(folder, fakeRegistration().registration)
    await killed.register(scheme)
    const { told, registration } = fakeRegistration()
    await rememberedSchemes(folder, registration).releaseLeft()
    expect(told).toEqual(['release com.example.app'])
    await rememberedSchemes(folder, registration).releaseLeft()
    expect(told).toHaveLength(1)
    for (const text of ['{', '["https"]', '["mailto"]', '[7]']) {
      writeFileSync(join(folder, 'schemes.json'), text)
      await rememberedSchemes(folder, registration).releaseLeft()
    }
    expect(told).toHaveLength(1)
  })
})

describe.skipIf(process.platform !== 'linux' || findProgram('xdg-mime') === null)('on Linux', () => {
  const lists = () => join(folder, 'config/mimeapps.list')
  const desktopFiles = () => readdirSync(join(folder, 'data/applications'))

  function registration(more: NodeJS.ProcessEnv = {}, home?: string) {
    mkdirSync(join(folder, 'data/applications'), { recursive: true })
    mkdirSync(join(folder, 'config'), { recursive: true })
    const env = {
      ...{ PATH: process.env.PATH, HOME: folder, XDG_DATA_HOME: join(folder, 'data') },
      ...{ XDG_CONFIG_HOME: join(folder, 'config'), XDG_DATA_DIRS: join(folder, 'system') },
      ...more,
    }
    return schemeRegistration({} as ProtocolClients, { ...launch, home }, { platform: 'linux', env })
  }

  it('a scheme is ours by a desktop file while it is waited for, and nothing of it stays', async () => {
    const before = '[Default Applications]\ntext/html=browser.desktop\n'
    const schemes = registration({}, '/vaults/one 100%')
    writeFileSync(lists(), before)
    expect(await schemes.register(scheme)).toBeNull()
    expect(desktopFiles()).toEqual(['grantdesk-answer-com.example.app.desktop'])
    const file = readFileSync(join(folder, 'data/applications/grantdesk-answer-com.example.app.desktop'), 'utf8')
    expect(file).toContain('MimeType=x-scheme-handler/com.example.app;\n')
    expect(file).toContain(
      String.raw`Exec="env" "GRANTDESK_HOME=/vaults/one 100%%" "/opt/Grant desk/grantdesk" "/a \\"b\\" \\$c" %u`,
    )
    expect(readFileSync(lists(), 'utf8')).toContain(
      'x-scheme-handler/com.example.app=grantdesk-answer-com.example.app.desktop',
    )
    await schemes.release(scheme)
    expect(desktopFiles()).toEqual([])
    expect(readFileSync(lists(), 'utf8').replace(/\n+/g, '\n')).toBe(before)
  })

  it('a scheme that another program opens stays its own', async () => {
    const schemes = registration()
    const other = 'x-scheme-handler/com.example.app=other.desktop\n'
    writeFileSync(
      join(folder, 'data/applications/other.desktop'),
      '[Desktop Entry]\nType=Application\nName=Other\nExec=true\n',
    )
    writeFileSync(lists(), `[Default Applications]\n${other}`)
    expect(await schemes.register(scheme)).toBe('Another program opens these addresses on this computer: other.')
    expect(desktopFiles()).toEqual(['other.desktop'])
    expect(readFileSync(lists(), 'utf8')).toContain(other)
  })

  it('a desktop that says yes and does nothing leaves nothing behind', async () => {
    const bin = join(folder, 'bin')
    mkdirSync(bin)
    writeFileSync(join(bin, 'xdg-mime'), '#!/bin/sh\nexit 0\n')
    chmodSync(join(bin, 'xdg-mime'), 0o755)
    expect(await registration({ PATH: bin }).register(scheme)).toMatch(/did not let Grantdesk take/)
    expect(desktopFiles()).toEqual([])
    expect(existsSync(lists())).toBe(false)
  })
})

function fakeClients(owner: string, sets = true) {
  const told: string[] = []
  const clients: ProtocolClients = {
    getApplicationNameForProtocol: () => owner,
    isDefaultProtocolClient: (name) => name === 'io.github.grantdesk',
    setAsDefaultProtocolClient(name, program, parameters) {
      told.push(['set', name, program, ...(parameters ?? [])].join(' '))
      return sets
    },
    removeAsDefaultProtocolClient(name, program, parameters) {
      told.push(['remove', name, program, ...(parameters ?? [])].join(' '))
      return true
    },
  }
  return { clients, told }
}

describe('on Windows', () => {
  const windows = (clients: ProtocolClients, home?: string) =>
    schemeRegistration(clients, { program: 'grantdesk.exe', parameters: ['app'], home }, { platform: 'win32', env: {} })

  it('a scheme is set, and removed again', async () => {
    const { clients, told } = fakeClients('')
    expect(await windows(clients).register(scheme)).toBeNull()
    await windows(clients).release(scheme)
    expect(told).toEqual(['set com.example.app grantdesk.exe app', 'remove com.example.app grantdesk.exe app'])
  })

  it.each([
    ['another program opens', fakeClients('Other'), undefined, /computer: Other\.$/],
    ['Windows refuses', fakeClients('', false), undefined, /did not let/],
    ['would lead to another vault', fakeClients(''), 'D:\\vault', /GRANTDESK_HOME/],
  ])('a scheme that %s is not taken', async (_, { clients, told }, home, why) => {
    expect(await windows(clients, home).register(scheme)).toMatch(why)
    expect(told.filter((line) => !line.startsWith('set'))).toEqual([])
  })
})

it('on macOS only a scheme that the app was built with is taken, and never set or removed', async () => {
  const { clients, told } = fakeClients('')
  const schemes = schemeRegistration(clients, launch, { platform: 'darwin', env: {} })
  expect(await schemes.register('io.github.grantdesk')).toBeNull()
  expect(await schemes.register(scheme)).toMatch(/built for/)
  await schemes.release('io.github.grantdesk')
  expect(told).toEqual([])
})
