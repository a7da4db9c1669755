// A person with a browser, without a browser: follows an authorization URL to a practice service's page, fills in its
// form, and reports where the service sent them afterwards. No cookies, no script; loopback only.
import type { PracticeService } from '../../practice/index.ts'

export const REDIRECT_URI = 'http://127.0.0.1:49811/callback'

export interface Decision {
  decision?: 'allow' | 'deny'
  account?: string
}

/** The redirect that ended the visit, or the page that did not lead to one. */
export interface Outcome {
  redirect: URL | null
  status: number
  page: string
}

export async function openPage(
  authorizationUrl: string,
): Promise<{ status: number; url: string; page: string; headers: Headers }> {
  let url = authorizationUrl
  for (let hop = 0; hop < 5; hop++) {
    const response = await fetch(url, { redirect: 'manual' })
    const location = response.headers.get('location')
    if (!location) return { status: response.status, url, page: await response.text(), headers: response.headers }
    const next = new URL(location, url)
    if (next.origin !== new URL(authorizationUrl).origin)
      return { status: response.status, url: next.href, page: '', headers: response.headers }
    url = next.href
  }
  throw new Error('The service redirects for ever')
}

/** Opens the page and presses Allow (or Deny) for an account. */
export async function visit(authorizationUrl: string, choice: Decision = {}): Promise<Outcome> {
  const opened = await openPage(authorizationUrl)
  if (!opened.page) return { redirect: new URL(opened.url), status: opened.status, page: '' }
  const action = /<form method="post" action="([^"]+)"/.exec(opened.page)?.[1]
  if (!action) return { redirect: null, status: opened.status, page: opened.page }
  const form = new URLSearchParams({ account: choice.account ?? 'ada', decision: choice.decision ?? 'allow' })
  const answered = await fetch(new URL(action, opened.url), { method: 'POST', body: form, redirect: 'manual' })
  const location = answered.headers.get('location')
  return {
    redirect: location ? new URL(location) : null,
    status: answered.status,
    page: location ? '' : await answered.text(),
  }
}

export function authorizationUrl(
  service: PracticeService,
  path: string,
  parameters: Record<string, string | undefined> = {},
): string {
  const url = new URL(path, service.baseUrl)
  const all = {
    response_type: 'code',
    client_id: service.clients[0]?.clientId,
    redirect_uri: REDIRECT_URI,
    state: 'state-of-this-test',
    ...parameters,
  }
  for (const [name, value] of Object.entries(all)) if (value !== undefined) url.searchParams.set(name, value)
  return url.href
}

export async function postForm(
  url: string,
  form: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: Headers; text: string; body: Record<string, unknown> }> {
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams(form), headers })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json') ?? false
  return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : {} }
}

export function credentials(service: PracticeService, index = 0): { client_id: string; client_secret: string } {
  const client = service.clients[index]
  if (!client) throw new Error(`${service.name} has no client ${index}`)
  return { client_id: client.clientId, client_secret: client.clientSecret ?? '' }
}

export async function getJson(
  url: string,
  headers: Record<string, string>,
): Promise<{ status: number; headers: Headers; text: string; body: Record<string, unknown> }> {
  const response = await fetch(url, { headers })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json') ?? false
  return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : {} }
}

export const bearer = (token: unknown) => ({ authorization: `Bearer ${token}` })

/** Allows, exchanges the code, and answers the token response's body. */
export async function connect(
  service: PracticeService,
  paths: { authorization: string; token: string },
  options: { account?: string; scope?: string } = {},
): Promise<Record<string, unknown>> {
  const { redirect } = await visit(authorizationUrl(service, paths.authorization, { scope: options.scope }), options)
  const code = redirect?.searchParams.get('code')
  if (!code) throw new Error(`No code at ${redirect?.href ?? 'no redirect'}`)
  const answer = await postForm(`${service.baseUrl}${paths.token}`, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: REDIRECT_URI,
    ...credentials(service),
  })
  if (answer.status !== 200) throw new Error(`The token endpoint answered ${answer.status} ${answer.text}`)
  return answer.body
}
