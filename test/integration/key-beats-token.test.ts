// A key that a person adds to a request by hand, at the application's door: where the API takes it before the token, its
// answer says nothing about the token.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let grantdesk: TestApp
beforeEach(async () => {
  grantdesk = await openTestApp()
})
afterEach(() => grantdesk.close())

it('an answer to the key of somebody else is no use of the token, and one to the token is', async () => {
  const { id, lastUsedAt: connectedAt } = await grantdesk.connected('planio', { account: 'ada' })
  grantdesk.ports.time.now += 10 * 60_000
  const send = async (headers: [string, string][]) => {
    const request = { key: 'k', connectionId: id, method: 'GET' as const, path: '/users/current.json' }
    const { status, body } = await grantdesk.call('requests.send', { ...request, headers })
    const { connections } = await grantdesk.call('app.snapshot', {})
    return { status, login: JSON.parse(body).user?.login, usedAt: connections[0]?.lastUsedAt }
  }
  const key: [string, string] = ['x-redmine-api-key', 'planio-practice-key-alice-0123456789']
  expect(await send([key])).toEqual({ status: 200, login: 'alice', usedAt: connectedAt })
  expect(await send([])).toEqual({ status: 200, login: 'ada', usedAt: grantdesk.ports.time.now })
})
