// What all grant handlers share: input, result, and progress reports.
import type { Attempt } from '../../../contract/attempt.ts'
import type { Purpose } from '../../../contract/flow/exchange.ts'
import { tokenEndpointOf, tokenExchange } from '../../connections/token-source.ts'
import type { Exchange } from '../../flows/recording-fetch.ts'
import { keptInRedirect } from '../../oauth/kept-values.ts'
import type { TokenAnswers } from '../../oauth/token-answer.ts'
import type { TokenEndpoint } from '../../oauth/token-endpoint.ts'
import type { Browser, Clock } from '../../ports.ts'
import { invalid, problem } from '../../problem.ts'
import type { AttemptContext, UsedClient } from './attempt-context.ts'
import { checkEndpointOrigin } from './endpoint-origin.ts'

/** How a running attempt reports its state. */
export interface AttemptReporter {
  clock: Clock
  /** Shows the attempt's new state. */
  show(attempt: Attempt): void
  /** Shows an error response without the right `state`; the attempt keeps waiting. */
  showUnproven(words: string): void
  /**
   * Opens the browser if requested, and returns whether it does; if that fails, the shown attempt says so and `failed` is
   * called.
   */
  browse(url: string, failed?: () => void): boolean
  receive: Browser['receive']
  /** Sets the handler for pasted text; `null` to remove it. */
  onPaste(take: ((text: string) => void) | null): void
}

export interface Obtained {
  answer: TokenAnswers
  /** The service's id of the client's installation. */
  installation?: string | null
  /** The parameters of the redirect, where there was one. */
  redirected?: Record<string, string>
}

/** Throws Problem. */
export type GrantHandler = (attemptContext: AttemptContext, reporter: AttemptReporter) => Promise<Obtained>

/** Throws `invalid_input` if there is no client. */
export function clientOf({ client }: AttemptContext): UsedClient {
  if (!client) throw invalid('client', 'This grant needs a client.', 'Register one at the service, and enter it.')
  return client
}

/** The token endpoint with this attempt's client. `redirected` are the redirect's parameters, of which its address may be made. */
export function tokenEndpoint(
  attemptContext: AttemptContext,
  purpose: Purpose,
  redirected: Record<string, string> = {},
): TokenEndpoint {
  const kept = keptInRedirect(attemptContext.service.tokenResponse?.keep ?? [], redirected)
  checkEndpointOrigin(attemptContext, kept)
  return tokenEndpointFor(attemptContext, tokenExchange(attemptContext, purpose), kept)
}

/** The same with an exchange that is used repeatedly. */
export function tokenEndpointFor(
  attemptContext: AttemptContext,
  exchange: Exchange,
  kept: Record<string, string> = {},
): TokenEndpoint {
  const { record: client, secret: clientSecret } = clientOf(attemptContext)
  return tokenEndpointOf({ ...attemptContext, client, clientSecret, exchange, kept })
}

export function cancelled() {
  return problem('cancelled', 'The attempt was cancelled.')
}
