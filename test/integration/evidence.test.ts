// What happened with one connection stays to be seen, whatever another one does; and what gave way is said to have done so.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { usualSettings } from '../../contract/settings.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let grantdesk: TestApp
let quiet: string
let busy: string

beforeEach(async () => {
  grantdesk = await openTestApp()
  quiet = (await grantdesk.connected('planio')).id
  busy = (await grantdesk.connected('plannr')).id
})

afterEach(() => grantdesk.close())

const flowsOf = (connectionId: string) => grantdesk.call('flows.list', { connectionId })
const kinds = async (connectionId: string) => (await flowsOf(connectionId)).flows.map(({ kind }) => kind)
const keep = (part: Partial<typeof usualSettings.keep>) =>
  grantdesk.call('settings.save', { ...usualSettings, keep: { ...usualSettings.keep, ...part } })

async function refresh(times: number): Promise<void> {
  for (let time = 0; time < times; time++) await grantdesk.call('connections.refresh', { id: busy }, 'host')
}

describe('a connection that does much', () => {
  it('pushes out its own past, not that of another, nor how it was connected', async () => {
    await keep({ flowsPerConnection: 20 })
    await refresh(30)
    await expect.poll(async () => (await kinds(busy)).length).toBe(20)
    expect(await kinds(busy)).toContain('connect')
    expect(await kinds(quiet)).toContain('connect')
    expect(await flowsOf(quiet)).toMatchObject({ noLongerKept: 0, unwritten: null })
  })

  it('says of what is no longer kept that it is not, from where the history leads to it', async () => {
    await keep({ flowsPerConnection: 20 })
    await refresh(30)
    await expect.poll(async () => (await flowsOf(busy)).noLongerKept).toBeGreaterThan(9)
    const { entries } = await grantdesk.call('history.list', { connectionId: busy, operation: 'refresh' })
    expect(entries).toHaveLength(30)
    const oldest = entries.at(-1)?.flowId ?? ''
    await expect(grantdesk.call('flows.get', { id: oldest })).rejects.toThrow('This flow is no longer kept.')
  })

  it('gives up at once what the person keeps no longer', async () => {
    await refresh(30)
    expect((await flowsOf(busy)).noLongerKept).toBe(0)
    await keep({ flowsPerConnection: 20 })
    await expect.poll(async () => (await kinds(busy)).length).toBe(20)
  })

  it('keeps the newest entries of its history, exactly as many as is said', async () => {
    await keep({ historyPerConnection: 50 })
    await refresh(60)
    expect(await grantdesk.call('history.list', { connectionId: busy })).toMatchObject({ total: 50 })
    expect((await grantdesk.call('history.list', { connectionId: quiet })).total).toBeGreaterThan(0)
  })

  it('is shown to a new caller with its newest flows alone, and the others when they are asked for', async () => {
    await keep({ flowsPerConnection: 200 })
    await refresh(110)
    expect((await grantdesk.call('app.snapshot', {})).flows).toHaveLength(100)
    expect((await grantdesk.call('flows.list', {})).flows.length).toBeGreaterThan(110)
  })
})

it('nobody may choose to keep so little that nothing is left to see', async () => {
  await expect(keep({ flowsPerConnection: 1 })).rejects.toMatchObject({ failure: { kind: 'invalid_input' } })
})
