// Client authentication at the token and revocation endpoints: secret in the body, or HTTP Basic with or without form
// encoding, as the service's quirks allow. The engine always sees one form, with its inner secret if the client's was right.
import type { ClientStore } from './clients.ts'
import type { Incoming } from './http.ts'
import type { Quirks } from './quirks.ts'

/** Not the secret of any client. */
const REFUSED = 'refused'

type Pair = [clientId: string, secret: string]

function readBasic(request: Incoming): Pair | null {
  const encoded = /^Basic (\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (!encoded) return null
  const [clientId = '', ...secret] = Buffer.from(encoded, 'base64').toString('utf8').split(':')
  return [clientId, secret.join(':')]
}

/** @see RFC 6749 §2.3.1, appendix B */
function decodeForm(value: string): string {
  try {
    return decodeURIComponent(value.replace(/\+/g, ' '))
  } catch {
    return value
  }
}

function spellings([clientId, secret]: Pair, quirks: Quirks): Pair[] {
  const raw: Pair = [clientId, secret]
  const decoded: Pair = [decodeForm(clientId), decodeForm(secret)]
  if (quirks.isOn('basic-form-encoded')) return [decoded]
  return quirks.isOn('basic-raw') ? [raw] : [raw, decoded]
}

/**
 * Moves a client's credentials into the form and returns whether they are right. Credentials in both places are left
 * as they are, for the engine to refuse.
 */
export function authenticateClient(
  request: Incoming,
  form: URLSearchParams,
  rules: { clients: ClientStore; quirks: Quirks; innerSecret: string },
): boolean {
  const { clients, quirks, innerSecret } = rules
  const basic = readBasic(request)
  if (basic && form.has('client_secret')) return false
  const inBody: Pair[] = [[form.get('client_id') ?? '', form.get('client_secret') ?? '']]
  const candidates = basic ? spellings(basic, quirks) : inBody
  const right = candidates.find(([clientId, secret]) => clients.isSecret(clientId, secret))
  const isAllowed = !quirks.isOn(basic ? 'body-only' : 'basic-only')
  const [clientId = ''] = right ?? candidates[0] ?? []
  if (basic) delete request.headers.authorization
  if (basic || form.has('client_id')) form.set('client_id', clientId)
  if (!basic && !form.has('client_secret')) return false
  form.set('client_secret', right && isAllowed ? innerSecret : REFUSED)
  return right !== undefined && isAllowed
}
