// Vaults that earlier versions wrote are opened by this one with all that they hold, and go on from there.

import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { decodeProtectedHeader } from 'jose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eventTitle, flowTitle } from '../../contract/flow/words.ts'
import type { Settings } from '../../contract/settings.ts'
import { logFolder } from '../../core/sealed-log/log-folder.ts'
import { documentVersion } from '../../core/vault/document-versions.ts'
import { vaultDocument } from '../../headless/vault-document.ts'
import { memoryPorts } from '../support/memory-ports.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

interface Known {
  passphrase: string
  connections: {
    id: string
    name: string
    tags: string[]
    serviceId: string
    /** What its status was called then. */
    standing: string
    account: string | null
    accessToken: string
    refreshToken: string
    /** Newest first. */
    history: string[]
  }[]
  clients: { id: string; name: string; connectionCount: number }[]
  importedServices: string[]
  flows: string[]
  /** Since there are events: of each flow by its id, their kinds. */
  events?: Record<string, string[]>
  settings?: Settings
}

const vaults = join(import.meta.dirname, '../fixtures/vaults')
const commits = readdirSync(vaults, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
)

describe.each(commits)('the vault that %s wrote', (commit) => {
  const known = JSON.parse(readFileSync(join(vaults, commit, 'known.json'), 'utf8')) as Known
  let folder: string
  let grantdesk: TestApp

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'grantdesk-old-'))
    cpSync(join(vaults, commit), folder, { recursive: true, filter: (path) => basename(path) !== 'known.json' })
  })

  afterEach(async () => {
    await grantdesk?.close()
    rmSync(folder, { recursive: true })
  })

  async function opened(): Promise<void> {
    // Later than whatever wrote it.
    const clock = { now: () => Date.UTC(2030, 0, 1) }
    const logs = logFolder(join(folder, 'logs'))
    grantdesk = await openTestApp(memoryPorts({ clock, keychain: null, document: vaultDocument(folder), logs }))
    expect(await grantdesk.call('vault.unlock', { passphrase: known.passphrase })).toMatchObject({ state: 'open' })
  }

  async function holdsAll(): Promise<void> {
    const { connections, clients, services, settings } = await grantdesk.call('app.snapshot', {})
    for (const { accessToken, refreshToken, history, standing, account, ...profile } of known.connections) {
      const { id } = profile
      const found = connections.find((one) => one.id === id)
      expect(found).toMatchObject({ ...profile, status: { kind: standing }, account: { name: account } })
      expect(await grantdesk.call('connections.reveal', { id, what: 'access_token' })).toEqual({ value: accessToken })
      expect(await grantdesk.call('connections.reveal', { id, what: 'refresh_token' })).toEqual({ value: refreshToken })
      const { entries } = await grantdesk.call('history.list', { connectionId: id })
      expect(entries.map(({ operation, detail }) => `${operation}: ${detail}`).slice(-history.length)).toEqual(history)
    }
    expect(connections).toHaveLength(known.connections.length)
    for (const client of known.clients) expect(clients.find(({ id }) => id === client.id)).toMatchObject(client)
    expect(services.map(({ name }) => name)).toEqual(expect.arrayContaining(known.importedServices))
    const { flows } = await grantdesk.call('flows.list', {})
    expect(flows.map(flowTitle).sort()).toEqual(known.flows)
    for (const { id } of flows) {
      const { events, missing } = await grantdesk.call('flows.get', { id })
      expect(missing).toBe(0)
      expect(events.length).toBeGreaterThan(0)
      for (const event of events) expect(eventTitle(event)).not.toBe('')
      if (known.events) expect(events.map(({ kind }) => kind)).toEqual(known.events[id])
    }
    if (known.settings) expect(settings).toMatchObject(known.settings)
    expect(grantdesk.ports.logged.filter((line) => line.includes('damaged'))).toEqual([])
  }

  it('opens with its connections, tokens, clients, services, flows and history', async () => {
    await opened()
    await holdsAll()
  })

  it('holds all of it still when this version has written it', async () => {
    await opened()
    const { connections } = known
    const [connection] = connections
    await grantdesk.call('connections.tag', { id: connection?.id ?? '', tags: [...(connection?.tags ?? [])] })
    await grantdesk.call('connections.rename', { id: connections[1]?.id ?? '', name: 'Another name' })
    await grantdesk.call('connections.rename', { id: connections[1]?.id ?? '', name: connections[1]?.name ?? '' })
    await grantdesk.close()
    const { version, slots } = JSON.parse(readFileSync(join(folder, 'vault.json'), 'utf8'))
    expect(version).toBe(documentVersion)
    expect(decodeProtectedHeader(slots[0].jwe)).toMatchObject({ alg: 'dir', kdf: 'PBKDF2-HS512' })
    await opened()
    await holdsAll()
  })
})
