// What a grant asks of the person and of the client, told from its description. Pure.
import { registrationPageFor } from '../../contract/registration-page.ts'
import type { Grant, ServiceView } from '../../contract/service.ts'
import { baseUrlProblem } from './client-form.ts'

/** Whether a browser is sent to the authorization endpoint and comes back by the redirect URI. */
export function redirects(grant: Grant | undefined): boolean {
  return grant?.type === 'authorization_code' || grant?.installation !== undefined
}

/** Whether clients without a secret use this grant as well as those with one. @see RFC 8628 §3.4 */
export function secretOptional(grant: Grant | undefined): boolean {
  return grant?.type === 'device_code'
}

/** Whether somebody has to do something in a browser. */
export function browses(grant: Grant | undefined): boolean {
  return redirects(grant) || grant?.type === 'device_code'
}

/** What the person needs for a grant, in a few words. */
export function needsWords(grant: Grant): string {
  if (grant.installation) return 'Needs a client; the browser opens to install the app.'
  switch (grant.type) {
    case 'authorization_code':
      return 'Needs a client; you sign in in the browser.'
    case 'client_credentials':
      return 'Needs a client with a secret; nobody signs in.'
    case 'password':
      return 'Needs a client, and your user name and password.'
    case 'device_code':
      return 'Needs a client; you enter a short code in a browser, on any device.'
    case 'static_token':
      return 'Needs no client; you make it there and paste it here.'
  }
}

/** A page of the service with the base URL filled in; `null` where there is none, or no base URL yet. */
export function pageAt(page: string | undefined, baseUrl: string): string | null {
  if (page === undefined) return null
  if (!page.includes('{base}')) return page
  return baseUrlProblem(baseUrl) === null ? page.replaceAll('{base}', baseUrl.trim().replace(/\/+$/, '')) : null
}

/** Where a client is registered; `null` where no page is known, or no base URL yet. */
export function registrationPage(service: Pick<ServiceView, 'base' | 'registration'>, baseUrl: string): string | null {
  return pageAt(registrationPageFor(service, baseUrl), baseUrl)
}

/** Whom the tokens will act as by the answers so far; `null` while that is not said. */
export function actingAs(grant: Grant, answers: Record<string, string>): string | null {
  for (const { id, actsAs } of grant.inputs) {
    const value = answers[id]?.trim()
    if (actsAs && value) return actsAs.replaceAll('{value}', value)
  }
  return null
}

/** A grant's name inside a sentence: `API key` keeps its capitals, `Personal access token` does not. */
export function lowered(name: string): string {
  return /^[A-Z][a-z]/.test(name) ? `${name.charAt(0).toLowerCase()}${name.slice(1)}` : name
}
