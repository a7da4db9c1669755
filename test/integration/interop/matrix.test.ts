// Every grant by every client authentication at every server that others wrote, with codes from the servers' own pages.
// The first cell of each grant is gone through in a real Chromium; for the others, which differ in the token request alone,
// somebody makes the same requests without one. Each cell works all the way (connected, the token opens the API, revoked, the API says so), or the
// server says in its own words that it does not offer this. Gone through once, one cell after the other at each server
// (their databases are files), and printed at the end.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ensureChromium } from '../../support/chromium.ts'
import { freePort, startForeignServer } from '../../support/foreign-server.ts'
import { type InteropApp, openInteropApp } from '../../support/interop-app.ts'
import { apiStatus } from '../interop-suite.ts'
import { type AuthorizationServer, authorizationServers, clientFor } from './authorization-servers.ts'
import { type GrantKind, grantRuns, grants } from './grant-runs.ts'
import { endsOfRevocation, expectedCells, methods, works, worksBut } from './matrix-cells.ts'

interface Cell {
  grant: GrantKind
  method: (typeof methods)[number]
}

/** A server that is up. */
interface Place {
  provider: AuthorizationServer
  baseUrl: string
  pinnedPort: number
}

/** The cells of a server: those of the grants that are tried there. */
function cellsOf({ name }: AuthorizationServer): Cell[] {
  const tried = grants.filter((grant) => expectedCells[name][grant])
  return tried.flatMap((grant) => methods.map((method) => ({ grant, method })))
}

const keyOf = ({ name }: AuthorizationServer, { grant, method }: Cell) => `${name}, ${grant}, ${method}`
/** What each cell came to; a cell of a server that is not installed is absent. */
const seen = new Map<string, PromiseSettledResult<string>>()

beforeAll(async () => {
  if (!ensureChromium()) return
  const there = authorizationServers.filter(({ ensure }) => ensure())
  await Promise.all(there.map(testProvider))
}, 15 * 60_000)

afterAll(() => console.log(printed()))

async function testProvider(provider: AuthorizationServer): Promise<void> {
  const pinnedPort = await freePort()
  const environment = { ...provider.program.environment, PINNED_PORT: String(pinnedPort) }
  const server = await startForeignServer({ ...provider.program, environment })
  const at = { provider, baseUrl: server.baseUrl, pinnedPort }
  const visit = async (cell: Cell) => {
    const [end] = await Promise.allSettled([goThrough(at, cell)])
    seen.set(keyOf(provider, cell), end)
  }
  try {
    // A device code is asked about seconds apart: meanwhile the others are tried.
    const cells = cellsOf(provider)
    const slow = cells.filter(({ grant }) => grant === 'device code').map(visit)
    for (const cell of cells.filter(({ grant }) => grant !== 'device code')) await visit(cell)
    await Promise.all(slow)
  } finally {
    await server.stop()
  }
}

/** Connected: the token opens the API until it is revoked, and the API says so; or it says that nothing ended. */
async function worksToTheEnd(
  at: InteropApp,
  { api }: AuthorizationServer,
  grant: GrantKind,
  id: string,
): Promise<string> {
  const { baseUrl, status } = await at.view(id)
  expect(status).toEqual({ kind: 'good' })
  const accessToken = await at.token(id)
  const usual = grant === 'client credentials' ? (api.clientStatus ?? 200) : 200
  expect(await apiStatus(baseUrl + api.path, accessToken)).toBe(usual)
  const { outcome } = await at.grantdesk.call('connections.revoke', { id })
  const { [outcome]: end } = endsOfRevocation
  if (!end) throw new Error(`The revocation ended as ${outcome}`)
  expect(await apiStatus(baseUrl + api.path, accessToken)).toBe(end === works ? api.deadStatus : usual)
  return end
}

/** What the cell comes to: that it works, or the server's words. */
async function goThrough({ provider, baseUrl, pinnedPort }: Place, { grant, method }: Cell): Promise<string> {
  const openSession = method === methods[0] ? provider.openSession : provider.openPlainSession
  const at = await openInteropApp({ id: provider.service.id, baseUrl, openSession })
  try {
    await at.grantdesk.call('services.import', { text: JSON.stringify(provider.service), replace: true })
    const outcome = await grantRuns[grant]({
      at,
      client: clientFor(provider, grant, method, pinnedPort),
      ids: provider.ids,
    })
    const end = 'words' in outcome ? outcome.words : await worksToTheEnd(at, provider, grant, outcome.connectionId)
    expect(await at.leaks()).toEqual([])
    return end
  } finally {
    await at.grantdesk.close()
  }
}

describe.each(authorizationServers)('$name', (provider) => {
  it.for(cellsOf(provider))('$grant, client authentication $method', (cell, context) => {
    const end = seen.get(keyOf(provider, cell))
    if (!end) return context.skip(`skipped: ${provider.name} or Chromium is not installed and cannot be`)
    if (end.status === 'rejected') throw end.reason
    expect(end.value).toBe(expectedCells[provider.name][cell.grant]?.[methods.indexOf(cell.method)])
  })
})

/** The matrix as a table; what a server says in place of a grant stands once below it, by its number. */
function printed(): string {
  const words: string[] = []
  const inWords = (end: PromiseSettledResult<string> | undefined) => {
    if (end?.status !== 'fulfilled') return end ? 'FAILED' : 'skipped'
    if (end.value === works) return works
    if (!words.includes(end.value)) words.push(end.value)
    return `${worksBut(end.value) ? works : 'no'} [${words.indexOf(end.value) + 1}]`
  }
  const rows = authorizationServers.flatMap((provider) =>
    grants
      .filter((grant) => expectedCells[provider.name][grant])
      .map((grant) => [
        provider.name,
        grant,
        ...methods.map((method) => inWords(seen.get(keyOf(provider, { grant, method })))),
      ]),
  )
  const table = [['SERVER', 'GRANT', ...methods], ...rows]
  const width = (at: number) => Math.max(...table.map((row) => row[at]?.length ?? 0))
  const lines = table.map((row) => row.map((text, at) => text.padEnd(width(at))).join('  '))
  const legend = words.map((text, at) => `[${at + 1}] ${text}`)
  return [...lines.map((line) => line.trimEnd()), '', ...legend].join('\n')
}
