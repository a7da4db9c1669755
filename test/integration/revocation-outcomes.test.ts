// What a revocation comes to where the API cannot tell whether the token lives: accepted and refused are told apart in the
// answer, the flow, the history and the connection.
import { afterEach, expect, it } from 'vitest'
import { openRevocationSetup, type RevocationSetup } from '../support/revocation-setup.ts'

let setup: RevocationSetup
afterEach(() => setup.close())

const unverifiable = { '/me': () => ({ status: 404 }) }
const refusing = { '/revoke': () => ({ status: 401, json: { error: 'invalid_client' } }) }

const view = async () => {
  const { connections } = await setup.grantdesk.call('app.snapshot', {})
  return connections.find(({ id }) => id === setup.id)
}
const flowOutcome = async () => {
  const { flows } = await setup.grantdesk.call('flows.list', {})
  return flows.find(({ kind }) => kind === 'revoke')?.outcome
}
const historyOutcome = async () => {
  const { entries } = await setup.grantdesk.call('history.list', { connectionId: setup.id, operation: 'revoke' })
  return entries[0]?.outcome
}

it('refused twice and not to be verified, it has failed everywhere, and the service’s page is the remedy', async () => {
  setup = await openRevocationSetup({}, { ...unverifiable, ...refusing })
  const revocation = await setup.grantdesk.call('connections.revoke', { id: setup.id })
  expect(revocation).toMatchObject({
    outcome: 'refused',
    page: `${setup.server.baseUrl}/grants`,
    words: expect.stringMatching(/^The service refused: .*could not be verified\.$/),
  })
  expect([await flowOutcome(), await historyOutcome()]).toEqual(['failed', 'failed'])
  expect((await view())?.status).toEqual({ kind: 'good' })
})

it('accepted and not to be verified, it has succeeded everywhere', async () => {
  setup = await openRevocationSetup({}, unverifiable)
  const revocation = await setup.grantdesk.call('connections.revoke', { id: setup.id })
  expect(revocation).toMatchObject({ outcome: 'unverified', page: `${setup.server.baseUrl}/grants` })
  expect([await flowOutcome(), await historyOutcome()]).toEqual(['succeeded', 'done'])
})

it('refused for the refresh token, it has failed, though the API refuses the access token', async () => {
  setup = await openRevocationSetup({}, refusing)
  setup.answers['/me'] = () => ({ status: 401 })
  expect(await setup.grantdesk.call('connections.revoke', { id: setup.id })).toMatchObject({
    outcome: 'refused',
    words: expect.stringContaining('the refresh token may still get new ones'),
  })
})
