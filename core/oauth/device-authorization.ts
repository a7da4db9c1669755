// The device authorization request: gets a user code for the person, and a device code to poll with.
import * as oauth from 'oauth4webapi'
import { z } from 'zod'
import { lazyObject } from '../../contract/lazy-schema.ts'
import { checkLink } from '../loopback.ts'
import { invalid } from '../problem.ts'
import { Secret } from '../secret.ts'
import { clientAuthentication } from './client-authentication.ts'
import { readFirstAnswer } from './first-answer.ts'
import { asProblems } from './library-problems.ts'
import { unexpected } from './refusal.ts'
import { type Extras, formOf, parties, requestOptions, scopeOf, type TokenEndpoint } from './token-endpoint.ts'

export interface DeviceAuthorization {
  deviceCode: Secret
  userCode: Secret
  verificationUri: string
  verificationUriComplete: string | null
  /** Seconds. */
  expiresIn: number
  /** Polling interval in seconds. */
  interval: number
}

const longestWait = 30 * 60
const usualWait = 10 * 60
const usualInterval = 5

const seconds = z.coerce.number().positive().finite()
const answerSchema = lazyObject(() => ({
  device_code: z.string().min(1).max(4000),
  user_code: z.string().trim().min(1).max(60),
  verification_uri: z.string().optional(),
  /** The name that older servers use. */
  verification_url: z.string().optional(),
  verification_uri_complete: z.string().optional(),
  expires_in: seconds.catch(usualWait),
  interval: seconds.catch(usualInterval),
}))

/** Throws Problem. @see https://www.rfc-editor.org/rfc/rfc8628#section-3.1 */
export async function requestDeviceAuthorization(
  at: TokenEndpoint,
  input: Extras & { scopes: string[] },
): Promise<DeviceAuthorization> {
  if (at.deviceAuthorizationEndpoint === undefined) {
    throw invalid('grantId', 'This service has no device authorization endpoint.', 'Choose another grant.')
  }
  const { as, client } = parties(at)
  const form = formOf(input, scopeOf(at, input.scopes))
  const response = await asProblems(() =>
    oauth.deviceAuthorizationRequest(as, client, clientAuthentication(at.client), form, requestOptions(at)),
  )
  const { body, unusable } = await readFirstAnswer(at, response, { what: 'the device authorization request' })
  const answer = answerSchema.safeParse(body)
  const uri = answer.data?.verification_uri ?? answer.data?.verification_url
  if (!answer.success || uri === undefined) {
    throw unusable('The answer of the device authorization endpoint is not what OAuth promises.')
  }
  const { device_code, user_code, verification_uri_complete, expires_in, interval } = answer.data
  return {
    deviceCode: new Secret(device_code),
    userCode: new Secret(user_code),
    verificationUri: safe(uri, response.status),
    verificationUriComplete: verification_uri_complete ? safe(verification_uri_complete, response.status) : null,
    expiresIn: Math.min(expires_in, longestWait),
    interval: Math.min(Math.max(interval, 1), 60),
  }
}

/** The browser will open it, so only https, or http on this machine. */
function safe(uri: string, status: number): string {
  try {
    return checkLink(uri)
  } catch {
    throw unexpected(status, 'The server named a verification address that is not https.')
  }
}
