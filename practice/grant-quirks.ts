// The quirks that need to know what a token belongs to: what a revocation ends beside what it should, and refreshes that
// break for what happened to their grant before, or for another one under way.
import { type Answer, html, type Incoming } from './http.ts'
import { BROKEN_PAGE } from './quirk-answers.ts'
import type { QuirkId } from './quirk-catalogue.ts'
import type { Quirks } from './quirks.ts'
import type { TokenStore } from './token-store.ts'

export interface GrantQuirks {
  /** A token request begins: an answer in the service's place, or what to call when it has ended. */
  begin(form: URLSearchParams): Promise<Answer | { end(): void }>
  /** Whether a revocation in this encoding is read. */
  reads(request: Incoming): boolean
  /** Revokes in its own way; false where the engine is to do it. */
  revoke(form: URLSearchParams): boolean
}

/** A refresh takes so long where others are to come in between (ms). */
const LONG_ENOUGH = 60

const OWN_WAYS: QuirkId[] = [
  'revocation-does-nothing',
  'revocation-refresh-only',
  'revocation-kills-both',
  'revocation-independent',
  'jwt-outlives-revocation',
]

export function createGrantQuirks(store: TokenStore, quirks: Quirks): GrantQuirks {
  const underWay = new Set<string>()
  /** Grants of which an access token was revoked. */
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
      return breaks || OWN_WAYS.some((id) => quirks.isOn(id))
    },
  }
}
