// The tab's door against the host's own, over real HTTP; Node's fetch stands in for the browser's.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Change } from '../../../../contract/change.ts'
import { type HttpDoor, openHttpDoor } from '../../../../core/door/http-door.ts'
import { rendererPage } from '../../../../core/door/page.ts'
import { createTabDoor } from '../../../../renderer/tab-door.ts'
import { type SampleApp, sampleApp, sampleSnapshot } from './sample-app.ts'

let folder = ''
let app: SampleApp
let host: HttpDoor
let reachable: boolean[] = []
let bars = 0

const serve = (port: number) => openHttpDoor({ app, page: rendererPage(folder, 'tab.html'), port })

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'grantdesk-tab-'))
  writeFileSync(join(folder, 'tab.html'), 'the page')
  app = sampleApp()
  host = await serve(0)
  reachable = []
  bars = 0
})
afterEach(async () => {
  await host.close()
  rmSync(folder, { recursive: true })
})

/** A tab that the host lets in by its printed address. */
async function openTab(change: { proof?: string } = {}) {
  const { origin } = host
  const admitted = await fetch(host.url, { redirect: 'manual' })
  const cookie = admitted.headers.get('set-cookie')?.split(';')[0] ?? ''
  const { hash } = new URL(admitted.headers.get('location') ?? '', origin)
  return createTabDoor({
    fetch: (path, options) =>
      fetch(new URL(String(path), origin), { ...options, headers: { ...options?.headers, cookie, origin } }),
    proof: change.proof ?? new URLSearchParams(hash.slice(1)).get('proof') ?? '',
    onReachable: (value) => reachable.push(value),
    onBarred: () => {
      bars += 1
    },
    reconnectDelay: 50,
  })
}

it('brings its proof with every call and with the stream of changes', async () => {
  const door = await openTab()
  expect(await door.call('app.snapshot', {})).toEqual({ ok: true, value: sampleSnapshot })
  const heard: Change[] = []
  const end = door.listen((change) => heard.push(change))
  await expect.poll(() => heard).toEqual([{ kind: 'snapshot', snapshot: sampleSnapshot }])
  for (const listener of app.listeners) listener({ kind: 'flow_removed', id: 'é'.repeat(100_000) })
  await expect.poll(() => heard.at(-1)).toEqual({ kind: 'flow_removed', id: 'é'.repeat(100_000) })
  end()
  await expect.poll(() => app.listeners.size).toBe(0)
  expect([reachable.includes(false), bars]).toEqual([false, 0])
})

it('without the right proof is barred, and does not ask again', async () => {
  const door = await openTab({ proof: 'wrong' })
  expect((await door.call('app.snapshot', {})).ok).toBe(false)
  expect(bars).toBe(1)
  door.listen(() => undefined)
  await expect.poll(() => bars).toBe(2)
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(bars).toBe(2)
  expect(app.calls).toEqual([])
})

it('comes back when its stream breaks off, with a new snapshot', async () => {
  const door = await openTab()
  const heard: Change[] = []
  const end = door.listen((change) => heard.push(change))
  await expect.poll(() => heard.length).toBe(1)
  const breakOff = { kind: 'flow_removed', id: 'x' } as const
  const [listener] = app.listeners
  // More than a browser may leave unread ends the stream.
  for (let count = 0; count < 40; count += 1) listener?.({ ...breakOff, id: 'x'.repeat(1024 * 1024) })
  await expect.poll(() => heard.filter(({ kind }) => kind === 'snapshot').length, { timeout: 5_000 }).toBe(2)
  expect(reachable).toContain(false)
  expect(reachable.at(-1)).toBe(true)
  end()
})

it('says so when the host went away, and is barred by the next one at the same port', async () => {
  const door = await openTab()
  const port = Number(new URL(host.origin).port)
  const end = door.listen(() => undefined)
  await expect.poll(() => reachable).toEqual([true])
  await host.close()
  expect(await door.call('app.snapshot', {})).toMatchObject({ ok: false, failure: { kind: 'network' } })
  await expect.poll(() => reachable.at(-1)).toBe(false)
  host = await serve(port)
  await expect.poll(() => bars).toBe(1)
  end()
})

it('leaves alone a change of a kind that only a newer host tells', async () => {
  const door = await openTab()
  const heard: Change[] = []
  const end = door.listen((change) => heard.push(change))
  await expect.poll(() => heard.length).toBe(1)
  for (const listener of app.listeners) {
    listener({ kind: 'unheard_of' } as unknown as Change)
    listener({ kind: 'history' })
  }
  await expect.poll(() => heard.map(({ kind }) => kind)).toEqual(['snapshot', 'history'])
  end()
})
