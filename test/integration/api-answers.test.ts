// What the API answered when it was asked about a token stands with the connection, at the application's door: a no that is
// no refusal of the token must not pass for a yes.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ConnectionView } from '../../contract/connection.ts'
import { eventTitle } from '../../contract/flow/words.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'
import { openTestServer, type TestAnswer, type TestServer } from '../support/test-server.ts'
import { namelessService } from './nameless-service.ts'

let grantdesk: TestApp
let server: TestServer
let answer: TestAnswer

beforeEach(async () => {
  grantdesk = await openTestApp()
  server = await openTestServer(() => answer)
  await grantdesk.call('services.import', { text: JSON.stringify(namelessService), replace: true })
})
afterEach(async () => {
  await grantdesk.close()
  server.close()
})

async function connect(serviceId: string, grantId: string, testPath?: string): Promise<ConnectionView> {
  const place = { serviceId, baseUrl: server.baseUrl }
  const token = { value: 'key-0123456789abcdef' }
  const input = { grantId, scopes: [], openBrowser: false, place, token, testPath }
  const attempt = await grantdesk.settled((await grantdesk.call('connect.start', input)).id)
  if (attempt.state !== 'done') throw new Error(JSON.stringify(attempt))
  return view(attempt.connectionId)
}

async function view(id: string): Promise<ConnectionView> {
  const found = (await grantdesk.call('app.snapshot', {})).connections.find((one) => one.id === id)
  if (!found) throw new Error('no connection')
  return found
}

describe('a test path', () => {
  it.each([
    [404, expect.stringContaining('nothing at this path')],
    [402, expect.stringContaining('asks for payment')],
    [200, null],
  ])('that answers %i is told as that, in a step of its own name', async (status, why) => {
    answer = { status, json: {} }
    const { id, apiAnswer, status: connectionStatus } = await connect('nameless', 'key', '/me')
    expect(apiAnswer).toMatchObject({ of: 'test_path', status, why })
    expect(connectionStatus.kind).toBe('good')
    const [summary] = (await grantdesk.call('flows.list', { connectionId: id })).flows
    const { events } = await grantdesk.call('flows.get', { id: summary?.id ?? '' })
    expect(events.map(eventTitle)).toContain('Test path')
  })

  it('says nothing of another one, which is asked anew', async () => {
    answer = { status: 404 }
    const { id } = await connect('nameless', 'key', '/me')
    await grantdesk.call('connections.setTestPath', { id, path: '/api/me' })
    expect((await view(id)).apiAnswer).toBeNull()
    answer = { json: {} }
    await grantdesk.call('connections.identify', { id })
    expect((await view(id)).apiAnswer).toMatchObject({ of: 'test_path', status: 200, why: null })
  })
})

it('a question whose token it is that was answered with no keeps the API’s reason', async () => {
  answer = { status: 402, json: { code: 'payment_required', detail: 'Upgrade' } }
  const { account, apiAnswer } = await connect('planio', 'api_key')
  expect([account, apiAnswer?.of, apiAnswer?.status]).toEqual([null, 'account', 402])
  expect(apiAnswer?.why).toContain('Upgrade')
})
