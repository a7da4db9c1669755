// The quirks that need to know a token's grant: revocations that end more or less than they should, and refreshes that
// fail because of what happened to the grant before, or because of another refresh at the same time.
import { type Answer, html, type Incoming } from './http.ts'
import { BROKEN_PAGE } from './quirk-answers.ts'
import type { QuirkId } from './quirk-catalogue.ts'
import type { Quirks } from './quirks.ts'
import type { TokenStore } from './token-store.ts'

export interface GrantQuirks {
  /** Call when a token request begins: returns the answer to send instead, or what to call when the request has ended. */
  begin(form: URLSearchParams): Promise<Answer | { end(): void }>
  /** Whether the service accepts a revocation request in this encoding. */
  reads(request: Incoming): boolean
  /** Revokes as a quirk says; false if no quirk applies and the engine should do it. */
  revoke(form: URLSearchParams): boolean
}

/** How long a refresh takes (ms) when concurrent ones should overlap with it. */
const LONG_ENOUGH = 60

const OWN_REVOCATION_QUIRKS: QuirkId[] = [
  'revocation-does-nothing',
  'revocation-refresh-only',
  'revocation-kills-both',
  'revocation-independent',
  'jwt-outlives-revocation',
]

export function createGrantQuirks(store: TokenStore, quirks: Quirks): GrantQuirks {
  const underWay = new Set<string>()
  /** Grants with a revoked access token. */
  const broken = new Set<string>()
  const clientOf = (form: URLSearchParams) => form.get('client_id') ?? ''

  return {
    async begin(form) {
      const token = form.get('refresh_token')
      if (form.get('grant_type') !== 'refresh_token' || token === null) return { end() {} }
      const grantId = store.find(token, clientOf(form))?.grantId ?? ''
      if (quirks.isOn('revocation-breaks-refresh') && broken.has(grantId)) return html(500, BROKEN_PAGE)
      if (!quirks.isOn('parallel-refresh-500')) return { end() {} }
      if (underWay.has(token)) return html(500, BROKEN_PAGE)
      underWay.add(token)
      await new Promise((resolve) => setTimeout(resolve, LONG_ENOUGH))
      return { end: () => void underWay.delete(token) }
    },
    reads({ headers }) {
      const isJson = String(headers['content-type'] ?? '').includes('json')
      return !quirks.isOn(isJson ? 'revocation-form-only' : 'revocation-json-only')
    },
    revoke(form) {
      const token = form.get('token') ?? ''
      const clientId = clientOf(form)
      const found = store.find(token, clientId)
      const breaks = found?.kind === 'access' && quirks.isOn('revocation-breaks-refresh')
      if (breaks) {
        broken.add(found.grantId)
        store.drop(token, clientId)
      }
      if (quirks.isOn('revocation-refresh-only') || quirks.isOn('jwt-outlives-revocation'))
        store.dropRefreshToken(token, clientId)
      if (quirks.isOn('revocation-independent')) store.drop(token, clientId)
      if (quirks.isOn('revocation-kills-both') && found) store.revokeGrant(found.grantId)
      return breaks || OWN_REVOCATION_QUIRKS.some((id) => quirks.isOn(id))
    },
  }
}
