// Joins the OAuth messages of an archive into logins: by state, code, tokens, device code and request URI, and where those do
// not tell, by client and redirect URI. Reads raw values, which leave this folder only as pseudonyms (login-flows.ts).
import { headerValue } from '../../contract/header-value.ts'
import { isObject } from '../json-path.ts'
import { bare, type OAuthMessage, redirectWithin } from './oauth-message.ts'

/** An authorization response as it stood in the `Location` that the server answered with. */
export interface SentBack {
  is: 'sent_back'
  at: number
  redirectUri: string
  parameters: [string, string][]
}

export type Step = OAuthMessage | SentBack

export interface Login {
  /** In order of time. */
  steps: Step[]
  /** How many API requests with its tokens are left out. */
  leftOut: number
}

/** More logins are in no archive that a person records. */
const mostLogins = 200
/** Of one login: refreshing for days makes many. */
const mostSteps = 200
/** Of its API requests, so many of those that went well, and of those that did not. */
const mostCalls = 8

type AuthorizationRequest = Extract<OAuthMessage, { is: 'authorization_request' }>
type Redirect = Extract<OAuthMessage, { is: 'redirect' }> | SentBack
type Exchange = Extract<OAuthMessage, { is: 'exchange' }>

/** A login that is being put together. */
interface Draft extends Login {
  clientId: string | null
  redirectUri: string | null
  /** Whether an authorization request has no response yet. */
  isWaiting: boolean
  calls: { well: number; badly: number }
}

/** The logins in order of their beginning, and how many are left out. */
export function joinLogins(messages: readonly OAuthMessage[]): { logins: Login[]; leftOut: number } {
  const joining = new Joining()
  for (const message of messages.toSorted((one, other) => one.at - other.at)) joining.take(message)
  return joining.end()
}

class Joining {
  readonly #drafts: Draft[] = []
  /** Logins by a value that nobody else has: a state, code, token, device code or request URI. */
  readonly #byValue = new Map<string, Draft>()
  /** Redirects with a code that no authorization request is known of. */
  readonly #orphans = new Map<string, Redirect>()
  readonly #metadata: Exchange[] = []
  #leftOut = 0

  take(message: OAuthMessage): void {
    if (message.is === 'authorization_request') this.#authorization(message)
    else if (message.is === 'redirect') this.#redirect(message)
    else if (message.is === 'api_request') this.#call(message, message.token)
    else if (message.is === 'exchange') this.#exchange(message)
    const within = message.is === 'redirect' || message.is === 'api_request' ? null : redirectWithin(message)
    if (within) this.#redirect({ is: 'sent_back', at: message.at + (message.timing.whole ?? 0), ...within })
  }

  end(): { logins: Login[]; leftOut: number } {
    for (const message of this.#metadata.splice(0)) this.#begin([message])
    for (const draft of this.#drafts) draft.steps.sort((one, other) => one.at - other.at)
    return { logins: this.#drafts.filter(({ steps }) => steps.length > 0), leftOut: this.#leftOut }
  }

  #begin(steps: Step[], clientId: string | null = null): Draft {
    const draft: Draft = {
      ...{ steps: [], leftOut: 0, clientId, redirectUri: null, isWaiting: false, calls: { well: 0, badly: 0 } },
    }
    if (this.#drafts.length < mostLogins) this.#drafts.push(draft)
    else this.#leftOut += 1
    for (const step of steps) this.#add(draft, step)
    return draft
  }

  #add(draft: Draft, step: Step): void {
    if (draft.steps.length >= mostSteps) draft.leftOut += 1
    else draft.steps.push(step)
  }

  #know(draft: Draft, kind: string, value: string | null | undefined): void {
    if (value) this.#byValue.set(`${kind} ${value}`, draft)
  }

  #known(kind: string, value: string | null | undefined): Draft | undefined {
    return value ? this.#byValue.get(`${kind} ${value}`) : undefined
  }

  /** Servers send the browser back to the same request after it signed in: it is the same login. */
  #authorization(message: AuthorizationRequest): void {
    const { asked, endpoint } = message
    const state = asked.get('state')
    const clientId = asked.get('client_id')
    const redirectUri = redirectUriOf(asked)
    const again = this.#drafts.findLast(
      (one) => one.isWaiting && one.clientId === clientId && one.redirectUri === redirectUri && isSame(one, asked),
    )
    if (again) return
    const pushed = this.#known('request_uri', asked.get('request_uri'))
    const draft = pushed ?? this.#begin([], clientId)
    for (const metadata of this.#metadataFor(endpoint)) this.#add(draft, metadata)
    this.#add(draft, message)
    this.#know(draft, 'state', state)
    draft.redirectUri = redirectUri ?? draft.redirectUri
    draft.isWaiting = true
  }

  #redirect(redirect: Redirect): void {
    const parameters = new URLSearchParams(redirect.parameters)
    const state = parameters.get('state')
    const code = parameters.get('code')
    const byState = this.#known('state', state)
    const waiting = this.#drafts.findLast((one) => one.isWaiting && one.redirectUri === redirect.redirectUri)
    const draft = byState ?? this.#known('code', code) ?? waiting
    if (draft) {
      if (
        byState &&
        draft.redirectUri !== null &&
        draft.redirectUri !== redirect.redirectUri &&
        redirect.is === 'sent_back'
      )
        // The server’s own way through its pages, with the request’s parameters in it.
        return
      this.#answer(draft, redirect, code)
    } else if (state !== null && (code !== null || parameters.has('error'))) {
      this.#answer(this.#begin([]), redirect, code)
    } else if (code !== null) this.#orphans.set(code, redirect)
  }

  #answer(draft: Draft, redirect: Redirect, code: string | null): void {
    // What the server sent, and what came: the same response.
    const sent = draft.steps.findIndex((one) => one.is === 'sent_back' && isSameAnswer(one, redirect))
    if (sent >= 0 && redirect.is === 'redirect') draft.steps[sent] = redirect
    else if (!draft.steps.some((one) => isRedirect(one) && isSameAnswer(one, redirect))) this.#add(draft, redirect)
    this.#know(draft, 'code', code)
    for (const token of tokensIn(Object.fromEntries(redirect.parameters))) this.#know(draft, 'token', token)
    draft.isWaiting = false
  }

  #exchange(message: Exchange): void {
    const { purpose, asked } = message
    if (purpose.kind === 'discovery' || purpose.kind === 'issuer_keys') {
      this.#metadata.push(message)
      return
    }
    if (purpose.kind === 'identify') {
      this.#call(message, bearerIn(message))
      return
    }
    const draft = this.#draftOf(message)
    this.#add(draft, message)
    if (purpose.kind === 'pushed_authorization') {
      draft.redirectUri = redirectUriOf(asked)
      this.#know(draft, 'state', asked.get('state'))
    }
    this.#know(draft, 'code', asked.get('code'))
    this.#know(draft, 'device', text(message.answered.device_code))
    this.#know(draft, 'request_uri', text(message.answered.request_uri))
    this.#know(draft, 'token', asked.get('refresh_token'))
    for (const token of tokensIn(message.answered)) this.#know(draft, 'token', token)
  }

  #draftOf(message: Exchange): Draft {
    const { asked, request } = message
    const code = asked.get('code')
    const known =
      this.#known('code', code) ??
      this.#known('device', asked.get('device_code')) ??
      this.#known('token', asked.get('refresh_token')) ??
      this.#known('token', asked.get('token'))
    if (known) return known
    const clientId = asked.get('client_id') ?? basicUser(request.headers)
    const redirectUri = redirectUriOf(asked)
    const isOf = (one: Draft) => one.clientId === clientId && (redirectUri === null || one.redirectUri === redirectUri)
    const waiting = code === null ? undefined : this.#drafts.findLast((one) => one.isWaiting && isOf(one))
    const orphan = this.#orphans.get(code ?? '')
    const draft = waiting ?? this.#begin(orphan ? [orphan] : [], clientId)
    for (const metadata of this.#metadataFor(request.url)) this.#add(draft, metadata)
    if (code !== null) draft.isWaiting = false
    return draft
  }

  /** Metadata that was read before, of the server with this endpoint; each belongs to one login. */
  #metadataFor(endpoint: string): Exchange[] {
    const url = URL.parse(endpoint)
    const isFor = ({ request, answered }: Exchange) => {
      const named = Object.values(answered).some((value) => typeof value === 'string' && value === bareOf(endpoint))
      return named || URL.parse(request.url)?.origin === url?.origin
    }
    const found = this.#metadata.filter(isFor)
    for (const message of found) this.#metadata.splice(this.#metadata.indexOf(message), 1)
    return found
  }

  /** Of requests with a token that nothing is known of, only a refusal is worth a flow. */
  #call(message: OAuthMessage, token: string | null): void {
    if (token === null) return
    const status = message.response?.status ?? 0
    const challenge = headerValue(message.response?.headers ?? [], 'www-authenticate')
    const isRefusal = (status === 401 || status === 403) && /^\s*(?:bearer|dpop)\b/i.test(challenge ?? '')
    const draft = this.#known('token', token) ?? (isRefusal ? this.#begin([]) : undefined)
    if (draft === undefined) return
    this.#know(draft, 'token', token)
    const outcome = status >= 200 && status < 400 ? 'well' : 'badly'
    draft.calls[outcome] += 1
    if (draft.calls[outcome] > mostCalls) draft.leftOut += 1
    else this.#add(draft, message)
  }
}

function isRedirect(step: Step): step is Redirect {
  return step.is === 'redirect' || step.is === 'sent_back'
}

function isSameAnswer(one: Redirect, other: Redirect): boolean {
  const parts = ({ parameters }: Redirect) =>
    ['code', 'state', 'error', 'access_token'].map((name) => new URLSearchParams(parameters).get(name) ?? '')
  return parts(one).join('\n') === parts(other).join('\n')
}

/** Whether an authorization request asks for the same as the one that the login began with. */
function isSame({ steps }: Login, asked: URLSearchParams): boolean {
  const before = steps.find((one) => one.is === 'authorization_request')
  const names = ['state', 'nonce', 'code_challenge', 'scope', 'request_uri']
  return before !== undefined && names.every((name) => before.asked.get(name) === asked.get(name))
}

function redirectUriOf(asked: URLSearchParams): string | null {
  const named = asked.get('redirect_uri')
  return named === null ? null : bareOf(named)
}

function bareOf(address: string): string {
  const url = URL.parse(address)
  return url === null ? address : bare(url)
}

/** The access and refresh tokens of an answer, also within its members. */
export function tokensIn(answer: Record<string, unknown>, depth = 0): string[] {
  return Object.entries(answer).flatMap(([name, value]) => {
    if (isObject(value)) return depth < 3 ? tokensIn(value, depth + 1) : []
    return /^(?:access|refresh)_?token$/i.test(name) && typeof value === 'string' && value !== '' ? [value] : []
  })
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

function bearerIn({ request }: OAuthMessage): string | null {
  return /^\S+\s+(\S+)\s*$/.exec(headerValue(request.headers, 'authorization') ?? '')?.[1] ?? null
}

/** @see RFC 6749 §2.3.1 */
export function basicUser(headers: readonly (readonly [string, string])[]): string | null {
  const encoded = /^basic\s+(\S+)/i.exec(headerValue(headers, 'authorization') ?? '')?.[1]
  const user = encoded && Buffer.from(encoded, 'base64').toString('utf8').split(':')[0]
  return user || null
}
