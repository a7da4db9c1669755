// What every grant handler has in common: its input, its result, and how it reports progress.
import type { Attempt } from '../../../contract/attempt.ts'
import type { Purpose } from '../../../contract/flow/exchange.ts'
import { tokenEndpointOf, tokenExchange } from '../../connections/token-source.ts'
import type { Exchange } from '../../flows/recording-fetch.ts'
import type { TokenAnswer, TokenEndpoint } from '../../oauth/token-endpoint.ts'
import type { Clock } from '../../ports.ts'
import { invalid, problem } from '../../problem.ts'
import type { AttemptContext, UsedClient } from './attempt-context.ts'

/** How a running attempt reports its state. */
export interface AttemptReporter {
  clock: Clock
  /** The attempt as it is now. */
  show(attempt: Attempt): void
  /** An error came back that nothing proves to be the answer: it is shown, and the attempt goes on waiting. */
  tell(words: string): void
  /**
   * Sends the browser there, if that was asked for, and says whether it is; where it fails, the attempt shown says so and
   * `failed` is called.
   */
  browse(url: string, failed?: () => void): boolean
  /** Who takes what the person pastes; `null` when nobody does any more. */
  onPaste(take: ((text: string) => void) | null): void
}

export interface Obtained {
  answer: TokenAnswer
  /** What the service calls the place where the client was installed. */
  installation?: string | null
}

/** Throws Problem. */
export type GrantHandler = (attemptContext: AttemptContext, reporter: AttemptReporter) => Promise<Obtained>

/** Throws `invalid_input` where a grant that needs a client has none. */
export function clientOf({ client }: AttemptContext): UsedClient {
  if (!client) throw invalid('client', 'This grant needs a client.', 'Register one at the service, and enter it.')
  return client
}

/** The token endpoint as this attempt's client uses it. */
export function tokenEndpoint(attemptContext: AttemptContext, purpose: Purpose): TokenEndpoint {
  return tokenEndpointFor(attemptContext, tokenExchange(attemptContext, purpose))
}

/** The same with an exchange that is used more than once. */
export function tokenEndpointFor(attemptContext: AttemptContext, exchange: Exchange): TokenEndpoint {
  const { record: client, secret: clientSecret } = clientOf(attemptContext)
  return tokenEndpointOf({ ...attemptContext, client, clientSecret, exchange })
}

export function cancelled() {
  return problem('cancelled', 'The attempt was cancelled.')
}
