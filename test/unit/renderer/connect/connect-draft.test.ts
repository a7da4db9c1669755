import { describe, expect, test } from 'vitest'
import type { ClientView } from '../../../../contract/client.ts'
import type { ConnectionView } from '../../../../contract/connection.ts'
import { type ServiceView, serviceSchema } from '../../../../contract/service.ts'
import { baseUrlProblem, checkClientForm, newClientForm } from '../../../../renderer/connect/client-form.ts'
import {
  beginDraft,
  chooseService,
  clientOf,
  connectInputOf,
  handedOver,
  resumeDraft,
  stepOfIssue,
} from '../../../../renderer/connect/connect-draft.ts'

function service(change: Record<string, unknown> = {}): ServiceView {
  const described = serviceSchema.parse({
    schema: 2,
    id: 'plane',
    name: 'Plane',
    base: { default: 'https://api.plane.so', example: 'https://plane.example.com' },
    endpoints: { authorization: '{base}/a', token: '{base}/t' },
    registration: { steps: 'Ask.' },
    clientAuthentication: { allowed: ['body', 'basic'], default: 'body' },
    redirect: { anyPort: 'unknown' },
    grants: [{ id: 'user_token', type: 'authorization_code', name: 'User token' }],
    scopes: { default: ['read', 'write'] },
    ...change,
  })
  return { ...described, origin: 'built_in' }
}

function client(change: Partial<ClientView> = {}): ClientView {
  return {
    id: 'c1',
    name: 'Mine',
    serviceId: 'plane',
    baseUrl: 'https://api.plane.so',
    clientId: 'abc',
    hasSecret: true,
    clientAuthentication: 'body',
    pkce: 'S256',
    redirect: { mode: 'ephemeral' },
    redirectUri: 'http://127.0.0.1/callback',
    connectionCount: 0,
    ...change,
  }
}

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
      testPath: null,
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
    const practice = client({ id: 'p', name: 'Practice Plane', baseUrl: 'http://127.0.0.1:4000' })
    expect(chooseService(blank, plane, [practice]).storedClientId).toBeNull()
    expect(chooseService(blank, plane, [practice, client()]).storedClientId).toBe('c1')
    const practising = chooseService(blank, plane, [practice], practice.baseUrl)
    expect(practising.storedClientId).toBe('p')
    const real = chooseService(practising, plane, [practice])
    expect(real).toMatchObject({ storedClientId: null, form: { baseUrl: 'https://api.plane.so' } })
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
    expect(newClientForm(plane)).toMatchObject({ redirectMode: 'fixed', port: 53682 })
    expect(newClientForm(service({ redirect: { anyPort: 'yes' } })).redirectMode).toBe('ephemeral')
  })

  test('names what is missing in the client form', () => {
    const form = { ...newClientForm(plane), baseUrl: '', port: 80 }
    expect(Object.keys(checkClientForm(form)).toSorted()).toEqual(['baseUrl', 'clientId', 'clientSecret', 'port'])
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

  test('crosses the door with the stored client by its id, or with what was typed', () => {
    const draft = chooseService(blank, plane, [])
    const form = { ...draft.form, baseUrl: 'https://api.plane.so/ ', clientId: ' abc ', clientSecret: 's3' }
    expect(clientOf({ ...draft, form })).toEqual({
      serviceId: 'plane',
      baseUrl: 'https://api.plane.so',
      clientId: 'abc',
      clientSecret: 's3',
      clientAuthentication: 'body',
      pkce: 'S256',
      redirect: { mode: 'fixed', port: 53682 },
    })
    expect(clientOf({ ...draft, form, storedClientId: 'c1' })).toEqual({ id: 'c1' })
  })

  test('leaves a stored secret as it is when none is typed, and removes it for a public client', () => {
    const draft = { ...chooseService(blank, plane, [client()]), storedClientId: null }
    expect(clientOf(draft)).not.toHaveProperty('clientSecret')
    const open = { ...draft, form: { ...draft.form, clientAuthentication: 'none' as const } }
    expect(clientOf(open)).toHaveProperty('clientSecret', '')
  })

  test('leaves out parameters without a name', () => {
    const parameters = [
      { key: '1', name: ' prompt ', value: 'consent' },
      { key: '2', name: '', value: 'x' },
    ]
    expect(connectInputOf({ ...chooseService(blank, plane, []), parameters }, plane.grants[0]).parameters).toEqual({
      prompt: 'consent',
    })
  })

  test('forgets the client secret once it was handed over', () => {
    const draft = chooseService(blank, plane, [])
    const typed = { ...draft, form: { ...draft.form, clientSecret: 's3cret-value' } }
    const after = handedOver(typed, { id: 'a1', clientId: 'c9' })
    expect(JSON.stringify(after)).not.toContain('s3cret-value')
    expect(after).toMatchObject({ step: 'watch', storedClientId: 'c9', attemptId: 'a1' })
    expect(after.form).toMatchObject({ id: 'c9', hasSecret: true })
  })

  test('knows on which step a refused field stands', () => {
    expect(stepOfIssue('client.baseUrl')).toBe('client')
    expect(stepOfIssue('clientSecret')).toBe('client')
    expect(stepOfIssue('scopes.0')).toBe('grant')
  })
})
