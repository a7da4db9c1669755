// A client's redirect URI as it stands in a form's fields, and as it crosses the door. Pure.
import { type RedirectChoice, redirectChoiceOf, redirectUriToRegister } from '../../contract/redirect-uri.ts'

export interface TypedRedirect {
  redirectUri: string
  /** Whether each attempt puts a free port into it. */
  anyPort: boolean
}

/** A stored choice as it stands in the fields. */
export function typedRedirect(redirect: RedirectChoice): TypedRedirect {
  return { redirectUri: redirectUriToRegister(redirect), anyPort: redirect.mode === 'ephemeral' }
}

/** What was typed as it crosses the door. */
export function redirectOf({ redirectUri, anyPort }: TypedRedirect): RedirectChoice {
  return redirectChoiceOf(redirectUri.trim(), anyPort)
}
