// The device authorization grant: the person enters a code on any device while we poll the token endpoint.
// @see https://www.rfc-editor.org/rfc/rfc8628
import { setTimeout as pause } from 'node:timers/promises'
import { authorizationParameters, extraParameters } from '../../connections/grant-answers.ts'
import { tokenExchange } from '../../connections/token-source.ts'
import { type DeviceAuthorization, requestDeviceAuthorization } from '../../oauth/device-authorization.ts'
import type { TokenAnswers } from '../../oauth/token-answer.ts'
import { requestWithDeviceCode } from '../../oauth/token-endpoint.ts'
import { Problem, problem } from '../../problem.ts'
import type { AttemptContext } from './attempt-context.ts'
import { type AttemptReporter, cancelled, type GrantHandler, tokenEndpoint, tokenEndpointFor } from './grant-handler.ts'
import { issuerKeys, withIdToken } from './openid.ts'

const slowerBy = 5
const unending = new AbortController().signal

export const byDeviceCode: GrantHandler = async (attemptContext, reporter) => {
  const { recording } = attemptContext
  const at = tokenEndpoint(attemptContext, { kind: 'device_authorization' })
  const authorization = await requestDeviceAuthorization(
    at,
    authorizationParameters(attemptContext.grant, attemptContext.input),
  )
  recording.hide(authorization.deviceCode, 'device_code')
  recording.hide(authorization.userCode, 'user_code')
  return { answer: await poll(attemptContext, reporter, authorization) }
}

/** Polls until the person has decided or the code has expired, in spite of network problems. @see RFC 8628 §3.5 */
async function poll(
  attemptContext: AttemptContext,
  reporter: AttemptReporter,
  authorization: DeviceAuthorization,
): Promise<TokenAnswers> {
  const { common, signal } = attemptContext
  const { userCode, verificationUri, verificationUriComplete, deviceCode } = authorization
  const closesAt = reporter.clock.now() + authorization.expiresIn * 1000
  let { interval } = authorization
  const show = () =>
    reporter.show({
      state: 'awaiting_device',
      ...common,
      userCode: userCode.reveal(),
      verificationUri,
      verificationUriComplete,
      closesAt,
      interval,
      browserFailed: null,
    })
  show()
  reporter.browse(verificationUriComplete ?? verificationUri)
  const extras = extraParameters(attemptContext.grant, attemptContext.input)
  await attemptContext.writeIntent()
  const waited = attemptContext.recording.wait({ for: 'device', until: closesAt })
  // Repeated polls with one response are one event with a count. Never aborted: the tokens may be on their way.
  const grantType = 'device_code' as const
  const exchange = tokenExchange({ ...attemptContext, signal: unending }, { kind: 'token_request', grantType }, true)
  const endpoint = tokenEndpointFor({ ...attemptContext, signal: unending }, exchange)
  const at = withIdToken(attemptContext, endpoint, issuerKeys(attemptContext))
  while (reporter.clock.now() < closesAt) {
    await pause(interval * 1000, undefined, { signal }).catch(() => undefined)
    if (signal.aborted) {
      waited('cancelled')
      throw cancelled()
    }
    try {
      const answer = await requestWithDeviceCode(at, { deviceCode, ...extras })
      waited('over')
      return answer
    } catch (error) {
      const slower = slowDown(error)
      if (slower === null) {
        waited('failed')
        throw ended(error)
      }
      if (slower > 0) {
        interval += slower
        show()
      }
      if (isPending(error)) exchange.conclude(slower > 0 ? 'slow_down' : 'authorization_pending', 'noted')
    }
  }
  waited('timed_out')
  throw expired()
}

/** Seconds to add to the interval, 0 while pending, `null` to stop polling. */
function slowDown(error: unknown): number | null {
  if (!(error instanceof Problem)) return null
  const { failure } = error
  if (failure.kind === 'network' || failure.kind === 'timed_out') return slowerBy
  if (failure.kind === 'unexpected_answer' && failure.busy) return slowerBy
  if (failure.kind !== 'refused') return null
  if (failure.reason === 'slow_down') return slowerBy
  return failure.reason === 'authorization_pending' ? 0 : null
}

function ended(error: unknown): unknown {
  const isOver = error instanceof Problem && error.failure.kind === 'refused' && error.failure.reason === 'expired'
  return isOver ? expired() : error
}

function expired(): Problem {
  return problem('timed_out', 'The user code ended before it was entered.', 'Start again for a new one.')
}

/** Whether the server said "pending", rather than a network problem. */
function isPending(error: unknown): boolean {
  return error instanceof Problem && error.failure.kind === 'refused'
}
