// What every way of obtaining tokens has in common: what it is given, what it answers, where it shows itself meanwhile.
import type { Attempt } from '../../../contract/attempt.ts'
import type { TokenAnswer, TokenEndpoint } from '../../oauth/token-endpoint.ts'
import type { Clock } from '../../ports.ts'
import { invalid, problem } from '../../problem.ts'
import { tokenEndpointOf } from '../token-source.ts'
import type { Undertaking, UsedClient } from '../undertaking.ts'

/** Where an attempt shows itself while it is under way. */
export interface Stage {
  clock: Clock
  /** The attempt as it is now. */
  show(attempt: Attempt): void
  /** An error came back that nothing proves to be the answer: it is shown, and the attempt goes on waiting. */
  tell(words: string): void
  /** Sends the browser there, if that was asked for; where it fails, the attempt shown says so. */
  browse(url: string): void
  /** Who takes what the person pastes; `null` when nobody does any more. */
  onPaste(take: ((text: string) => void) | null): void
}

export interface Obtained {
  answer: TokenAnswer
  /** What the service calls the place where the client was installed. */
  installation?: string | null
}

/** Throws Problem. */
export type Way = (undertaking: Undertaking, stage: Stage) => Promise<Obtained>

/** Throws `invalid_input` where a grant that needs a client has none. */
export function clientOf({ client }: Undertaking): UsedClient {
  if (!client) throw invalid('client', 'This grant needs a client.', 'Register one at the service, and enter it.')
  return client
}

/** The token endpoint as this attempt's client uses it. */
export function tokenEndpoint(undertaking: Undertaking, title: string): TokenEndpoint {
  const { record: client, secret: clientSecret } = clientOf(undertaking)
  return tokenEndpointOf({ ...undertaking, client, clientSecret, title })
}

export function cancelled() {
  return problem('cancelled', 'The attempt was cancelled.')
}
