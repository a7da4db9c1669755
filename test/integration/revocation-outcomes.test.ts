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

const revoke = () => setup.grantdesk.call('connections.revoke', { id: setup.id })
const checkAgain = () => setup.grantdesk.call('connections.checkRevocation', { id: setup.id })
const named = () => setup.grantdesk.call('connections.tokenNamed', { name: setup.id }, 'command')

it('accepted and not verified, the connection says so until a check shows that the token is dead', async () => {
  setup = await openRevocationSetup({}, unverifiable)
  await revoke()
  expect(await view()).toMatchObject({
    status: { kind: 'revocation_accepted', revocation: { outcome: 'unverified' } },
    refreshable: false,
  })
  expect(await checkAgain()).toMatchObject({ outcome: 'unverified', checkedAt: expect.any(Number) })
  setup.answers['/me'] = () => ({ status: 401 })
  const asked = setup.server.to('/revoke').length
  expect(await checkAgain()).toMatchObject({ outcome: 'revoked' })
  expect(setup.server.to('/revoke')).toHaveLength(asked)
  expect((await view())?.status).toMatchObject({ kind: 'revoked', revocation: { outcome: 'revoked' } })
  const { flows } = await setup.grantdesk.call('flows.list', {})
  expect(flows.filter(({ about }) => about.checksRevocation)).toHaveLength(2)
})

it('accepted without effect, the connection says until when the access token works', async () => {
  setup = await openRevocationSetup()
  const expiresAt = (await view())?.expiresAt
  expect(await revoke()).toMatchObject({ outcome: 'still_works', worksUntil: expiresAt })
  expect(await view()).toMatchObject({
    status: { kind: 'revocation_accepted', revocation: { outcome: 'still_works', worksUntil: expiresAt } },
  })
  expect([await flowOutcome(), await historyOutcome()]).toEqual(['failed', 'failed'])
})

it('accepted, its access token is handed out with a warning, and nothing renews it', async () => {
  setup = await openRevocationSetup({}, unverifiable)
  await revoke()
  const asked = setup.server.to('/token').length
  expect(await named()).toMatchObject({
    accessToken: 'at-0123456789',
    attention: {
      message: 'The service accepted its revocation.',
      remedy: expect.stringContaining('Check again later'),
    },
  })
  setup.grantdesk.ports.time.now += 3600_000
  await expect(named()).rejects.toMatchObject({
    failure: { kind: 'conflict', message: expect.stringContaining('accepted, so nothing renews it') },
  })
  expect(setup.server.to('/token')).toHaveLength(asked)
})

it('accepted, a refresh that the person asks for finds out: refused, the connection stays as it is', async () => {
  setup = await openRevocationSetup({}, unverifiable)
  await revoke()
  setup.answers['/token'] = () => ({ status: 400, json: { error: 'invalid_grant' } })
  const refresh = () => setup.grantdesk.call('connections.refresh', { id: setup.id })
  await expect(refresh()).rejects.toMatchObject({ failure: { kind: 'refused' } })
  expect((await view())?.status).toMatchObject({ kind: 'revocation_accepted' })
  delete setup.answers['/token']
  expect(await refresh()).toMatchObject({ status: { kind: 'good' } })
})

it('accepted, and stopped before the API was asked, the connection says that it was accepted', async () => {
  setup = await openRevocationSetup()
  setup.answers['/me'] = () => {
    void setup.grantdesk.call('connections.cancel', { id: setup.id })
    return { status: 503 }
  }
  await expect(revoke()).rejects.toMatchObject({ failure: { kind: 'cancelled' } })
  expect((await view())?.status).toMatchObject({ kind: 'revocation_accepted', revocation: { outcome: 'unverified' } })
})

it('is not checked again where none was accepted', async () => {
  setup = await openRevocationSetup()
  await expect(checkAgain()).rejects.toMatchObject({ failure: { kind: 'conflict', remedy: 'Revoke it first.' } })
})
