import { describe, expect, test } from 'vitest'
import type { ConnectionView } from '../../../../contract/connection.ts'
import { baseUrlProblem, checkClientForm, newClientForm } from '../../../../renderer/connect/client-form.ts'
import {
  beginDraft,
  chooseGrant,
  chooseService,
  handedOver,
  offeredClients,
  resumeDraft,
  stepToRetype,
} from '../../../../renderer/connect/connect-draft.ts'
import { connectInputOf } from '../../../../renderer/connect/connect-input.ts'
import { client, service } from './samples.ts'

const plane = service()
const blank = beginDraft({ services: [plane], clients: [] })

describe('the draft of a connection', () => {
  test('begins at the service, and further on where more is known', () => {
    expect(blank.step).toBe('service')
    expect(beginDraft({ services: [plane], clients: [], serviceId: 'plane' }).step).toBe('client')
    const known = beginDraft({ services: [plane], clients: [client()], serviceId: 'plane', clientId: 'abc' })
    expect(known).toMatchObject({ step: 'grant', storedClientId: 'c1', scopes: ['read', 'write'] })
  })

  test('for a reconnection takes up client, grant and scopes of the connection', () => {
    const connection = {
      id: 'x',
      serviceId: 'plane',
      clientId: 'c1',
      grantId: 'user_token',
      scopes: { requested: ['projects:read'], granted: null, reported: null },
      resources: [],
      ...{ parameters: {}, tokenParameters: {} },
      testPath: null,
      apiAnswer: null,
    } as unknown as ConnectionView
    const draft = beginDraft({ services: [plane], clients: [client()], connection })
    expect(draft).toMatchObject({ step: 'grant', reconnect: 'x', storedClientId: 'c1', scopes: ['projects:read'] })
  })

  test('of a practice service takes the client stored for that base URL', () => {
    const practice = client({ id: 'p', baseUrl: 'http://127.0.0.1:4000' })
    const draft = chooseService(blank, plane, [client(), practice], 'http://127.0.0.1:4000')
    expect(draft.storedClientId).toBe('p')
  })

  test('of a real service takes no practice client, not even after one was chosen', () => {
    const practice = client({ id: 'p', name: 'Mine now', practice: true, baseUrl: 'http://127.0.0.1:4000' })
    expect(chooseService(blank, plane, [practice]).storedClientId).toBeNull()
    expect(chooseService(blank, plane, [practice, client()]).storedClientId).toBe('c1')
    const practising = chooseService(blank, plane, [practice], practice.baseUrl)
    expect(practising.storedClientId).toBe('p')
    const real = chooseService(practising, plane, [practice])
    expect(real).toMatchObject({ storedClientId: null, form: { baseUrl: 'https://api.plane.so' } })
  })

  test('offers practice clients where it practises, and nowhere else', () => {
    const practice = client({ id: 'p', practice: true, baseUrl: 'http://127.0.0.1:4000' })
    const typedThere = client({ id: 't', clientId: 'second', baseUrl: practice.baseUrl })
    const all = [practice, typedThere, client(), client({ id: 'o', serviceId: 'other' })]
    const offered = (draft: typeof blank) => offeredClients(draft, all).map(({ id }) => id)
    expect(offered(chooseService(blank, plane, all))).toEqual(['c1'])
    expect(offered(chooseService(blank, plane, all, practice.baseUrl))).toEqual(['p', 't'])
  })

  test('taken up again from its attempt watches it, and could be tried again', () => {
    const attempt = {
      state: 'exchanging',
      id: 'a1',
      serviceId: 'plane',
      clientId: 'c1',
      flowId: 'f',
      startedAt: 1,
    } as const
    const draft = resumeDraft(attempt, { services: [plane], clients: [client()] })
    expect(draft).toMatchObject({ step: 'watch', attemptId: 'a1', storedClientId: 'c1', grantId: 'user_token' })
    expect(connectInputOf(draft, plane.grants[0])).toMatchObject({ client: { id: 'c1' }, scopes: ['read', 'write'] })
  })

  test('keeps everything when the same service is chosen again, and nothing of another', () => {
    const chosen = { ...chooseService(blank, plane, []), scopes: ['own'], parameters: [] }
    expect(chooseService(chosen, plane, []).scopes).toEqual(['own'])
    const other = service({ id: 'other', scopes: { default: ['all'] } })
    expect(chooseService(chosen, other, []).scopes).toEqual(['all'])
  })

  test('proposes a free port only where the service is known to take any', () => {
    const fixed = { redirectUri: 'http://127.0.0.1:53682/callback', anyPort: false }
    expect(newClientForm(plane)).toMatchObject(fixed)
    expect(newClientForm(service({ redirect: { anyPort: 'yes' } }))).toMatchObject({
      redirectUri: 'http://127.0.0.1/callback',
      anyPort: true,
    })
  })

  test('proposes the redirect URI that the service is described with', () => {
    const own = 'https://app.example/auth/plannr/callback'
    const described = service({ redirect: { anyPort: 'no', default: own } })
    expect(newClientForm(described)).toMatchObject({ redirectUri: own, anyPort: false })
  })

  test('names what is missing in the client form', () => {
    const form = { ...newClientForm(plane), baseUrl: '', redirectUri: 'callback' }
    expect(Object.keys(checkClientForm(form)).toSorted()).toEqual([
      'baseUrl',
      'clientId',
      'clientSecret',
      'redirectUri',
    ])
    const whole = { ...newClientForm(plane), clientId: 'abc', clientSecret: 's' }
    expect(checkClientForm(whole)).toEqual({})
    expect(checkClientForm({ ...whole, clientSecret: '', clientAuthentication: 'none' })).toEqual({})
    expect(checkClientForm({ ...whole, clientSecret: '', hasSecret: true })).toEqual({})
  })

  test('takes https anywhere and http on this machine alone', () => {
    expect(baseUrlProblem('https://plane.example.com')).toBeNull()
    expect(baseUrlProblem('http://127.0.0.1:8000')).toBeNull()
    for (const wrong of ['', 'plane.so', 'http://plane.so', 'ftp://127.0.0.1'])
      expect(baseUrlProblem(wrong)).not.toBeNull()
  })

  test('forgets the client secret once it was handed over', () => {
    const draft = chooseService(blank, plane, [])
    const typed = { ...draft, form: { ...draft.form, clientSecret: 's3cret-value' } }
    const after = handedOver(typed, { id: 'a1', clientId: 'c9' })
    expect(JSON.stringify(after)).not.toContain('s3cret-value')
    expect(after).toMatchObject({ step: 'watch', storedClientId: 'c9', attemptId: 'a1' })
    expect(after.form).toMatchObject({ id: 'c9', hasSecret: true })
  })

  test('for a reconnection of a token handed over asks for a new token alone, sent as before', () => {
    const connection = {
      id: 'x',
      serviceId: 'plane',
      clientId: null,
      grantId: 'api_key',
      baseUrl: 'https://plane.example.com',
      bearer: { header: 'X-Mine', prefix: 'Key ' },
      ...{ parameters: {}, tokenParameters: {} },
      scopes: { requested: [], granted: null, reported: null },
      resources: [],
      testPath: '/me',
    } as unknown as ConnectionView
    const draft = beginDraft({ services: [plane], clients: [client()], connection })
    expect(draft).toMatchObject({ step: 'client', storedClientId: null, grantId: 'api_key', testPath: '/me' })
    expect(draft.token).toMatchObject({ value: '', header: 'X-Mine', prefix: 'Key ' })
    expect(draft.form.baseUrl).toBe('https://plane.example.com')
  })

  test('for a reconnection takes up resources, extra parameters, the answers that its scopes tell, and further scopes', () => {
    const connection = {
      id: 'x',
      serviceId: 'plane',
      clientId: 'c1',
      grantId: 'acting',
      bearer: { header: 'Authorization', prefix: 'Bearer ' },
      scopes: { requested: ['read', 'user:7'], granted: null, reported: null },
      resources: ['https://api.example.com/'],
      parameters: { audience: 'api', login_hint: 'ada', tenant: 't1' },
      tokenParameters: { audience: 'api', flavour: 'plum', tenant: 't1' },
      testPath: null,
    } as unknown as ConnectionView
    const draft = beginDraft({
      services: [plane],
      clients: [client()],
      connection,
      changes: { addScopes: ['write', 'read'] },
    })
    expect(draft).toMatchObject({ scopes: ['read', 'write'], answers: { user: '7' } })
    expect(draft.resources.map(({ value }) => value)).toEqual(['https://api.example.com/'])
    expect(draft.audience).toBe('api')
    expect(draft.parameters.map(({ name, value, place }) => [name, value, place])).toEqual([
      ['tenant', 't1', 'every'],
      ['login_hint', 'ada', 'beginning'],
      ['flavour', 'plum', 'token'],
    ])
    expect(
      connectInputOf(
        draft,
        plane.grants.find(({ id }) => id === 'acting'),
      ),
    ).toMatchObject({
      parameters: connection.parameters,
      tokenParameters: connection.tokenParameters,
    })
  })

  test('drops what was typed for one grant when another is chosen, and keeps the place', () => {
    const typed = { ...chooseGrant(chooseService(blank, plane, []), plane, 'login'), password: 'p4ss', username: 'ada' }
    const form = { ...typed.form, baseUrl: 'https://plane.example.com' }
    const draft = chooseGrant({ ...typed, form, answers: { user: '7' } }, plane, 'api_key')
    expect(draft).toMatchObject({ grantId: 'api_key', password: '', answers: {}, form: { baseUrl: form.baseUrl } })
    expect(draft.token).toMatchObject({ header: 'X-Api-Key', prefix: '' })
  })

  test('forgets a password and a token once they were handed over, and says where to type them again', () => {
    const [, login, key] = plane.grants
    const chosen = chooseService(blank, plane, [client()])
    const typed = { ...chosen, password: 'p4ss', token: { ...chosen.token, value: 't0ken' } }
    const after = handedOver(typed, { id: 'a1', clientId: null })
    expect(JSON.stringify(after)).not.toMatch(/p4ss|t0ken/)
    expect(after).toMatchObject({ step: 'watch', storedClientId: 'c1', form: { id: 'c1', hasSecret: true } })
    expect(stepToRetype(after, login)).toBe('grant')
    expect(stepToRetype(after, key)).toBe('client')
    expect(stepToRetype(after, plane.grants[0])).toBeNull()
    expect(stepToRetype(typed, login)).toBeNull()
  })

  test('taken up again without a client is that of a token handed over', () => {
    const attempt = {
      state: 'exchanging',
      id: 'a',
      serviceId: 'plane',
      clientId: null,
      flowId: 'f',
      startedAt: 1,
    } as const
    expect(resumeDraft(attempt, { services: [plane], clients: [] }).grantId).toBe('api_key')
  })
})
