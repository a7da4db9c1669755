// The engine's storage, in memory: oidc-provider's adapter, and the issued tokens that the practice APIs check against.
// Expired and revoked tokens are kept, because services distinguish them from tokens that they never issued.
import type { IncomingHttpHeaders } from 'node:http'

type Payload = Record<string, unknown>

export interface IssuedToken {
  value: string
  kind: 'user' | 'bot'
  /** Empty for a bot. */
  login: string
  clientId: string
  scopes: Set<string>
  grantId: string
  /** Epoch seconds. */
  issuedAt: number
  expiresAt: number
  installationId: string | null
}

type Presented = { state: 'absent' | 'unknown' | 'expired' | 'revoked' } | { state: 'active'; token: IssuedToken }

export interface TokenStore {
  /** Reads the Bearer token of a request; a lower-case `bearer` may count as absent. */
  present(headers: IncomingHttpHeaders): Presented
  /** Grants that still have a valid token, newest last. */
  grants(): { grantId: string; login: string; clientId: string; scope: string; issuedAt: number }[]
  revokeGrant(grantId: string): void
  /** The grant of one of this client's tokens, valid or not. */
  find(value: string, clientId: string): { grantId: string; kind: 'access' | 'refresh' } | undefined
  /** Invalidates one token of this client, and nothing else. */
  drop(value: string, clientId: string): void
  /** Invalidates a refresh token of this client, but not its access tokens. */
  dropRefreshToken(value: string, clientId: string): void
  /** oidc-provider's storage factory. */
  adapter(model: string): object
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const seconds = (value: unknown): number => (typeof value === 'number' ? value : 0)
const now = (): number => Math.floor(Date.now() / 1000)

function readToken(value: string, payload: Payload): IssuedToken {
  const extra = (payload.extra ?? {}) as Payload
  return {
    value,
    kind: payload.kind === 'ClientCredentials' ? 'bot' : 'user',
    login: text(payload.accountId) || text(extra.acts_as),
    clientId: text(payload.clientId),
    scopes: new Set(text(payload.scope).split(' ').filter(Boolean)),
    grantId: text(payload.grantId),
    issuedAt: seconds(payload.iat),
    expiresAt: seconds(payload.exp),
    installationId: text(extra.app_installation_id) || null,
  }
}

/**
 * What happens to a used and replaced refresh token: it ends with its access tokens; it ends once the new access token is
 * used; it is marked as used, so that the engine can detect its reuse; it stays valid.
 */
export type Rotation = 'replace' | 'until-used' | 'remember' | 'stay'

export interface TokenRules {
  rotation(): Rotation
  /** Whether `Authorization: bearer` is accepted. */
  takesLowerCase(): boolean
}

/** An empty store, which reads its rules at each use. */
export function createTokenStore(rules: TokenRules): TokenStore {
  const models = new Map<string, Map<string, Payload>>()
  const revoked = new Set<string>()
  /** Used refresh token → what ends with it once a newer access token of the same grant is used. */
  const superseded = new Map<string, { grantId: string; accessTokens: string[] }>()

  const records = (model: string): Map<string, Payload> => {
    const found = models.get(model) ?? new Map<string, Payload>()
    models.set(model, found)
    return found
  }

  const destroy = (model: string, id: string): void => {
    if (records(model).delete(id) && (model === 'AccessToken' || model === 'ClientCredentials')) revoked.add(id)
  }

  const ofGrant = (model: string, grantId: string): string[] =>
    [...records(model)].filter(([, payload]) => payload.grantId === grantId).map(([id]) => id)

  const revokeByGrant = (model: string, grantId: string): void => {
    for (const id of ofGrant(model, grantId)) destroy(model, id)
  }

  const spendRefreshToken = (id: string, grantId: string): void => {
    const rotation = rules.rotation()
    const payload = records('RefreshToken').get(id)
    if (rotation === 'replace') {
      destroy('RefreshToken', id)
      revokeByGrant('AccessToken', grantId)
    } else if (rotation === 'remember' && payload) {
      payload.consumed = now()
    } else if (rotation === 'until-used' && !superseded.has(id)) {
      superseded.set(id, { grantId, accessTokens: ofGrant('AccessToken', grantId) })
    }
  }

  const noteUse = (token: IssuedToken): void => {
    for (const [refreshToken, older] of superseded) {
      if (older.grantId !== token.grantId || older.accessTokens.includes(token.value)) continue
      superseded.delete(refreshToken)
      destroy('RefreshToken', refreshToken)
      for (const id of older.accessTokens) destroy('AccessToken', id)
    }
  }

  const look = (value: string): Presented => {
    if (revoked.has(value)) return { state: 'revoked' }
    const payload = records('AccessToken').get(value) ?? records('ClientCredentials').get(value)
    if (!payload) return { state: 'unknown' }
    const token = readToken(value, payload)
    return token.expiresAt <= now() ? { state: 'expired' } : { state: 'active', token }
  }

  return {
    present(headers) {
      const pattern = rules.takesLowerCase() ? /^Bearer (\S+)$/i : /^Bearer (\S+)$/
      const value = pattern.exec(headers.authorization ?? '')?.[1]
      if (!value) return { state: 'absent' }
      const presented = look(value)
      if (presented.state === 'active') noteUse(presented.token)
      return presented
    },
    grants() {
      const live = [...records('AccessToken'), ...records('RefreshToken')].map(([id, payload]) =>
        readToken(id, payload),
      )
      const byGrant = new Map(live.filter((token) => token.expiresAt > now()).map((token) => [token.grantId, token]))
      return [...byGrant.values()].map((token) => ({ ...token, scope: [...token.scopes].join(' ') }))
    },
    revokeGrant(grantId) {
      for (const model of ['AccessToken', 'RefreshToken', 'AuthorizationCode']) revokeByGrant(model, grantId)
      destroy('Grant', grantId)
    },
    find(value, clientId) {
      for (const [model, kind] of [
        ['AccessToken', 'access'],
        ['RefreshToken', 'refresh'],
      ] as const) {
        const payload = records(model).get(value)
        if (payload?.clientId === clientId) return { grantId: text(payload.grantId), kind }
      }
      return undefined
    },
    drop(value, clientId) {
      for (const model of ['AccessToken', 'RefreshToken', 'ClientCredentials'])
        if (records(model).get(value)?.clientId === clientId) destroy(model, value)
    },
    dropRefreshToken(value, clientId) {
      if (records('RefreshToken').get(value)?.clientId === clientId) destroy('RefreshToken', value)
    },
    adapter: (model) => ({
      async upsert(id: string, payload: Payload) {
        records(model).set(id, payload)
      },
      async find(id: string) {
        return records(model).get(id)
      },
      async findByUid(uid: string) {
        return [...records(model).values()].find((payload) => payload.uid === uid)
      },
      async findByUserCode() {
        return undefined
      },
      async consume(id: string) {
        const payload = records(model).get(id)
        if (!payload) return
        if (model === 'RefreshToken') spendRefreshToken(id, text(payload.grantId))
        else payload.consumed = now()
      },
      async destroy(id: string) {
        destroy(model, id)
      },
      async revokeByGrantId(grantId: string) {
        revokeByGrant(model, grantId)
      },
    }),
  }
}
