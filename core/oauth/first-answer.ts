// What the authorization server answers to the request that begins a grant: a device or a pushed authorization request.
import { isObject, parseJson } from '../json-path.ts'
import type { Problem } from '../problem.ts'
import { refusal, unexpected } from './refusal.ts'
import type { Refused } from './refused.ts'
import type { TokenEndpoint } from './token-endpoint.ts'

export interface FirstAnswer {
  /** Parsed JSON, not validated. */
  body: unknown
  /** The Problem if the body does not hold what it should; `message` unless the server refused with status 200. */
  unusable(message: string): Problem
}

/** Reads the answer to the request `what`. Throws Problem if it was refused. */
export async function readFirstAnswer(
  { client, grant, now }: TokenEndpoint,
  response: Response,
  { what, redirectUri }: Pick<Refused, 'what' | 'redirectUri'>,
): Promise<FirstAnswer> {
  const text = await response.text()
  const secrets = [client.clientSecret]
  const sent = redirectUri === undefined ? {} : { redirectUri }
  const about: Refused = { by: 'token_endpoint', what, client, grant, ...sent, secrets, now }
  if (!response.ok) throw refusal(response, text, about)
  const body = parseJson(text)
  return {
    body,
    unusable(message) {
      // Some servers answer 200 with an error in the body.
      if (isObject(body) && typeof body.error === 'string') return refusal(response, text, about)
      return unexpected(response.status, message)
    },
  }
}
