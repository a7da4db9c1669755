// Turns the options about the redirect URI into a client's choice: the registered URI, or another port of the one that it has.
import type { ClientView } from '../contract/client.ts'
import { usualRedirect } from '../contract/connect-defaults.ts'
import {
  listeningPlaceOf,
  proposalFor,
  type RedirectChoice,
  redirectChoiceOf,
  redirectUriProblem,
  redirectUriToRegister,
  takesAnyPort,
  withPort,
} from '../contract/redirect-uri.ts'
import type { ServiceView } from '../contract/service.ts'
import { wrongUsage } from './command-error.ts'
import { takeArgument } from './taken-values.ts'

export interface RedirectOptions {
  redirectUri?: string
  /** 0 takes any free one. */
  redirectPort?: number
  outOfBand?: boolean
}

export const outOfBandRedirect: RedirectChoice = { mode: 'out_of_band' }

/** A redirect URI as it was typed, to the character. Throws for what can be none. */
export function checkedRedirectUri(text: string, option: string): string {
  const uri = takeArgument('address', text, option)
  const problem = redirectUriProblem(uri)
  if (problem !== null) throw wrongUsage(problem)
  return uri
}

export function chooseRedirect(
  service: Pick<ServiceView, 'redirect'>,
  stored: Pick<ClientView, 'redirect'> | undefined,
  { redirectUri, redirectPort, outOfBand }: RedirectOptions,
): RedirectChoice {
  if (redirectUri !== undefined)
    return registered(service, checkedRedirectUri(redirectUri, '--redirect-uri'), redirectPort)
  if (redirectPort !== undefined) return onPort(stored?.redirect ?? usualRedirect(service), redirectPort)
  if (stored) return stored.redirect
  return outOfBand ? outOfBandRedirect : usualRedirect(service)
}

function registered(service: Pick<ServiceView, 'redirect'>, uri: string, port: number | undefined): RedirectChoice {
  if (port === undefined) return redirectChoiceOf(uri, takesAnyPort(uri, service.redirect.anyPort))
  const place = listeningPlaceOf(uri)
  if (place === null || (port !== 0 && port !== place.port)) {
    throw wrongUsage(
      'The port of a redirect URI stands in it.',
      'Only --redirect-port 0, any free one, is given beside it.',
    )
  }
  return redirectChoiceOf(uri, port === 0)
}

/** The same redirect URI on another port; our usual one where nothing is listened for now. */
function onPort(choice: RedirectChoice, port: number): RedirectChoice {
  const now = redirectUriToRegister(choice)
  const uri = listeningPlaceOf(now) === null ? redirectUriToRegister({ mode: 'ephemeral' }) : now
  return port === 0 ? redirectChoiceOf(proposalFor(uri, true), true) : redirectChoiceOf(withPort(uri, port), false)
}
