import { describe, expect, test } from 'vitest'
import type { Grant } from '../../../../contract/service.ts'
import { beginDraft, chooseGrant, chooseService } from '../../../../renderer/connect/connect-draft.ts'
import { clientOf, connectInputOf, stepOfIssue } from '../../../../renderer/connect/connect-input.ts'
import { client, service } from './samples.ts'

const plane = service()
const [userToken, login, apiKey, acting] = plane.grants
const blank = beginDraft({ services: [plane], clients: [] })

describe('what crosses the door', () => {
  test('crosses the door with the stored client by its id, or with what was typed', () => {
    const draft = chooseService(blank, plane, [])
    const form = { ...draft.form, baseUrl: 'https://api.plane.so/ ', clientId: ' abc ', clientSecret: 's3' }
    expect(clientOf({ ...draft, form })).toEqual({
      serviceId: 'plane',
      baseUrl: 'https://api.plane.so',
      clientId: 'abc',
      clientSecret: 's3',
      clientAuthentication: 'body',
      grantAuthentication: {},
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
      { key: '1', name: ' prompt ', value: 'consent', place: 'beginning' as const },
      { key: '2', name: '', value: 'x', place: 'beginning' as const },
    ]
    expect(connectInputOf({ ...chooseService(blank, plane, []), parameters }, plane.grants[0]).parameters).toEqual({
      prompt: 'consent',
    })
  })

  test('carries user name and password for their grant alone', () => {
    const draft = { ...chooseService(blank, plane, [client()]), username: 'ada', password: 'p4ss' }
    expect(connectInputOf({ ...draft, grantId: 'login' }, login)).toMatchObject({ username: 'ada', password: 'p4ss' })
    expect(JSON.stringify(connectInputOf(draft, userToken))).not.toContain('p4ss')
  })

  test('names the place instead of a client for a token that needs none, and no scopes', () => {
    const chosen = chooseGrant(chooseService(blank, plane, [client()]), plane, 'api_key')
    const token = { ...chosen.token, value: ' key-1 ' }
    const input = connectInputOf({ ...chosen, token, form: { ...chosen.form, baseUrl: 'https://p.example/' } }, apiKey)
    expect(input).toMatchObject({
      place: { serviceId: 'plane', baseUrl: 'https://p.example' },
      token: { value: 'key-1', bearer: { header: 'X-Api-Key', prefix: '' }, expiresAt: null },
      scopes: [],
    })
    expect(input).not.toHaveProperty('client')
  })

  test('registers a client without a secret for a device', () => {
    const device = { ...userToken, type: 'device_code' } as Grant
    const draft = chooseService(blank, plane, [])
    expect(clientOf(draft, device)).toMatchObject({ clientAuthentication: 'none', clientSecret: '' })
    const form = { ...draft.form, clientSecret: 's3' }
    expect(clientOf({ ...draft, form }, device)).toMatchObject({ clientAuthentication: 'body', clientSecret: 's3' })
  })

  test('sends the answers that the grant asks for, trimmed, and no others', () => {
    const draft = { ...chooseService(blank, plane, [client()]), answers: { user: ' 7 ', old: 'x' } }
    expect(connectInputOf(draft, acting).answers).toEqual({ user: '7' })
    expect(connectInputOf(draft, userToken).answers).toEqual({})
  })

  test('sends resources and audience as they were meant, and no empty ones', () => {
    const resources = [
      { key: '1', value: ' https://api.example.com/ ' },
      { key: '2', value: '' },
    ]
    const draft = { ...chooseService(blank, plane, [client()]), resources, audience: ' api ' }
    expect(connectInputOf(draft, userToken)).toMatchObject({
      resources: ['https://api.example.com/'],
      parameters: { audience: 'api' },
      tokenParameters: { audience: 'api' },
    })
  })

  test('sends each parameter with the requests that it is for', () => {
    const parameters = (['beginning', 'token', 'every'] as const).map((place) => {
      return { key: place, name: place, value: 'x', place }
    })
    const draft = { ...chooseService(blank, plane, [client()]), parameters }
    expect(connectInputOf(draft, userToken)).toMatchObject({
      parameters: { beginning: 'x', every: 'x' },
      tokenParameters: { token: 'x', every: 'x' },
    })
  })

  test('knows on which step a refused field stands', () => {
    expect(stepOfIssue('client.baseUrl')).toBe('client')
    expect(stepOfIssue('clientSecret')).toBe('client')
    expect(stepOfIssue('scopes.0')).toBe('grant')
    expect(stepOfIssue('token.value')).toBe('client')
    expect(stepOfIssue('token.bearer.header')).toBe('grant')
    expect(stepOfIssue('answers.user')).toBe('grant')
  })
})
