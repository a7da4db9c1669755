import { describe, expect, test } from 'vitest'
import { beginDraft, type ConnectDraft, chooseService } from '../../../../renderer/connect/connect-draft.ts'
import { detailProblems, isSound, resourceProblem } from '../../../../renderer/connect/detail-problems.ts'
import { client, service } from './samples.ts'

const plane = service({ identity: [{ path: '/me' }] })
const [userToken, login, apiKey, acting] = plane.grants
const draft = chooseService(beginDraft({ services: [plane], clients: [] }), plane, [client()])
const problemsOf = (change: Partial<ConnectDraft>, grant = userToken, at = plane) =>
  detailProblems({ ...draft, ...change }, at, grant)

describe('what stands in the way of connecting', () => {
  test('is nothing where the grant asks nothing', () => {
    expect(isSound(problemsOf({}))).toBe(true)
  })

  test('is an answer that is missing, or no number where one is wanted', () => {
    expect(problemsOf({}, acting).answers).toEqual({ user: 'User id is missing.' })
    expect(problemsOf({ answers: { user: 'seven' } }, acting).answers).toEqual({ user: 'User id is a number.' })
    expect(isSound(problemsOf({ answers: { user: ' 7 ' } }, acting))).toBe(true)
  })

  test('is a user name or password that is missing', () => {
    expect(Object.keys(problemsOf({}, login))).toEqual(expect.arrayContaining(['username', 'password']))
    expect(isSound(problemsOf({ username: 'ada', password: 'p' }, login))).toBe(true)
  })

  test('is a header that is none', () => {
    expect(problemsOf({ token: { ...draft.token, header: 'X Key' } }, apiKey).header).toBeDefined()
    expect(problemsOf({ token: { ...draft.token, header: 'X-Key' } }, apiKey).header).toBeUndefined()
  })

  test('is a resource that is no absolute URI, or has a fragment', () => {
    expect(problemsOf({ resources: [{ key: 'a', value: 'api.example.com' }] }).resources).toHaveProperty('a')
    expect(resourceProblem('https://api.example.com/#x')).not.toBeNull()
    for (const good of ['', 'https://api.example.com/', 'urn:example:api']) expect(resourceProblem(good)).toBeNull()
  })

  test('is a missing name where the service cannot say whose a token is, but for a reconnection', () => {
    const mute = service({ identity: [] })
    expect(problemsOf({}, userToken, mute).name).toBeDefined()
    expect(problemsOf({ name: 'Mine' }, userToken, mute).name).toBeUndefined()
    expect(problemsOf({ reconnect: 'x' }, userToken, mute).name).toBeUndefined()
  })

  test('is a test path that leads elsewhere', () => {
    for (const wrong of ['api', '//elsewhere.example', 'https://elsewhere.example', '/a b'])
      expect(problemsOf({ testPath: wrong }).testPath, wrong).toBeDefined()
    expect(problemsOf({ testPath: '/api/v1/me?x=1' }).testPath).toBeUndefined()
  })
})
