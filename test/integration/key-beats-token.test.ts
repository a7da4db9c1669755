// A key that a person adds to a request by hand, at the application's door: where the API takes it before the token, its
// answer says nothing about the token.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Desk, openDesk } from '../support/desk.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openDesk()
})
afterEach(() => desk.close())

it('an answer to the key of somebody else is no use of the token, and one to the token is', async () => {
  const { id, lastUsedAt: connectedAt } = await desk.connected('planio', { account: 'ada' })
  desk.ports.time.now += 10 * 60_000
  const send = async (headers: [string, string][]) => {
    const request = { key: 'k', connectionId: id, method: 'GET' as const, path: '/users/current.json' }
    const { status, body } = await desk.call('requests.send', { ...request, headers })
    const { connections } = await desk.call('app.snapshot', {})
    return { status, login: JSON.parse(body).user?.login, usedAt: connections[0]?.lastUsedAt }
  }
  const key: [string, string] = ['x-redmine-api-key', 'planio-practice-key-alice-0123456789']
  expect(await send([key])).toEqual({ status: 200, login: 'alice', usedAt: connectedAt })
  expect(await send([])).toEqual({ status: 200, login: 'ada', usedAt: desk.ports.time.now })
})
