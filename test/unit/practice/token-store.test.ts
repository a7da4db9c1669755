import { describe, expect, it } from 'vitest'
import { createTokenStore as createStore, type Rotation, type TokenStore } from '../../../practice/token-store.ts'

interface Adapter {
  upsert(id: string, payload: object): Promise<void>
  find(id: string): Promise<Record<string, unknown> | undefined>
  consume(id: string): Promise<void>
  destroy(id: string): Promise<void>
}

const createTokenStore = (rotation: Rotation, lowerCase = false) =>
  createStore({ rotation: () => rotation, takesLowerCase: () => lowerCase })
const LATER = Math.floor(Date.now() / 1000) + 600
const adapter = (store: TokenStore, model: string) => store.adapter(model) as Adapter
const issue = (store: TokenStore, id: string, changes: object = {}) =>
  adapter(store, 'AccessToken').upsert(id, {
    kind: 'AccessToken',
    grantId: 'g',
    accountId: 'ada',
    exp: LATER,
    ...changes,
  })
const issueRefresh = (store: TokenStore, id: string) =>
  adapter(store, 'RefreshToken').upsert(id, { kind: 'RefreshToken', grantId: 'g', exp: LATER })
const use = (store: TokenStore, token: string) => store.present({ authorization: `Bearer ${token}` }).state

describe('a presented token', () => {
  it('is told apart: active, expired, revoked, never issued, absent', async () => {
    const store = createTokenStore('replace')
    await issue(store, 'good')
    await issue(store, 'old', { exp: LATER - 1200 })
    await issue(store, 'gone')
    await adapter(store, 'AccessToken').destroy('gone')
    expect(['good', 'old', 'gone', 'made-up'].map((token) => use(store, token))).toEqual([
      'active',
      'expired',
      'revoked',
      'unknown',
    ])
    expect(store.present({}).state).toBe('absent')
    expect(store.present({ authorization: 'bearer good' }).state).toBe('absent')
  })

  it('may stand behind bearer in lower case where the rules let it', async () => {
    const store = createTokenStore('replace', true)
    await issue(store, 'good')
    expect(store.present({ authorization: 'bearer good' }).state).toBe('active')
  })
})

describe('a used refresh token', () => {
  it('dies at once, with its access tokens, where tokens replace each other', async () => {
    const store = createTokenStore('replace')
    await issue(store, 'access-1')
    await issueRefresh(store, 'refresh-1')
    await adapter(store, 'RefreshToken').consume('refresh-1')
    expect(await adapter(store, 'RefreshToken').find('refresh-1')).toBeUndefined()
    expect(use(store, 'access-1')).toBe('revoked')
  })

  it('dies at the first use of the newer access token elsewhere, and not at the use of the older', async () => {
    const store = createTokenStore('until-used')
    await issue(store, 'access-1')
    await issueRefresh(store, 'refresh-1')
    await adapter(store, 'RefreshToken').consume('refresh-1')
    await issue(store, 'access-2')
    expect(use(store, 'access-1')).toBe('active')
    expect(await adapter(store, 'RefreshToken').find('refresh-1')).toBeDefined()
    expect(use(store, 'access-2')).toBe('active')
    expect(await adapter(store, 'RefreshToken').find('refresh-1')).toBeUndefined()
    expect(use(store, 'access-1')).toBe('revoked')
  })
})

it('a used refresh token is remembered as used where its reuse is to be noticed, and stays as it is elsewhere', async () => {
  for (const [rotation, isMarked] of [
    ['remember', true],
    ['stay', false],
  ] as const) {
    const store = createTokenStore(rotation)
    await issueRefresh(store, 'refresh-1')
    await adapter(store, 'RefreshToken').consume('refresh-1')
    expect('consumed' in ((await adapter(store, 'RefreshToken').find('refresh-1')) ?? {})).toBe(isMarked)
  }
})

it('a refresh token is dropped for its own client alone, and no access token with it', async () => {
  const store = createTokenStore('replace')
  await issue(store, 'access')
  await adapter(store, 'RefreshToken').upsert('refresh', { grantId: 'g', clientId: 'mine', exp: LATER })
  store.dropRefreshToken('refresh', 'other')
  expect(await adapter(store, 'RefreshToken').find('refresh')).toBeDefined()
  store.dropRefreshToken('refresh', 'mine')
  expect(await adapter(store, 'RefreshToken').find('refresh')).toBeUndefined()
  expect(use(store, 'access')).toBe('active')
})

it('revoking a grant ends every token of it and of no other', async () => {
  const store = createTokenStore('replace')
  await issue(store, 'mine')
  await issueRefresh(store, 'mine-too')
  await issue(store, 'other', { grantId: 'h' })
  expect(store.grants().map(({ grantId }) => grantId)).toEqual(['g', 'h'])
  store.revokeGrant('g')
  expect([use(store, 'mine'), use(store, 'other')]).toEqual(['revoked', 'active'])
  expect(store.grants().map(({ grantId }) => grantId)).toEqual(['h'])
})
