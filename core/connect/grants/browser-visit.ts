// Sends the browser to the authorization endpoint and waits for the authorization response: from the redirect listener, or
// pasted by the person if there is no listener or the service shows the code.
import type { Pkce } from '../../../contract/service.ts'
import { authorizationParameters } from '../../connections/grant-answers.ts'
import { prepareAuthorization } from '../../oauth/authorization-request.ts'
import { parsePastedAnswer } from '../../oauth/pasted-answer.ts'
import { type ReceivedAnswer, type RedirectAnswer, readRedirectAnswer } from '../../oauth/redirect-answer.ts'
import { serverWordsIn } from '../../oauth/redirect-request.ts'
import { recordedParameters } from '../../oauth/stray-requests.ts'
import { Problem, problem } from '../../problem.ts'
import type { Secret } from '../../secret.ts'
import { type AnswerWay, answerTimeout, openAnswerWay, redirectOf } from './answer-way.ts'
import type { AttemptContext } from './attempt-context.ts'
import { authorizationAddress } from './authorization-address.ts'
import { checkAvailability } from './availability.ts'
import { type AttemptReporter, cancelled, clientOf } from './grant-handler.ts'
import { isUnknownPrompt, openidRequest } from './openid.ts'
import { recordChosenPkce, recordRefusedPkce } from './pkce-checks.ts'

export interface Visit {
  answer: RedirectAnswer
  codeVerifier: Secret | null
  nonce: Secret | null
  redirectUri: string
}

/** Throws Problem: refused, timed out, cancelled, or a response that is not for this attempt. */
export async function visitAuthorizationEndpoint(
  attemptContext: AttemptContext,
  reporter: AttemptReporter,
): Promise<Visit> {
  try {
    return await visit(attemptContext, reporter, true)
  } catch (error) {
    if (!isUnknownPrompt(error, attemptContext)) throw error
    return visit(attemptContext, reporter, false)
  }
}

async function visit(
  attemptContext: AttemptContext,
  reporter: AttemptReporter,
  selectsAccount: boolean,
): Promise<Visit> {
  const { service, grant, input, recording, common } = attemptContext
  const { record: client } = clientOf(attemptContext)
  const asked = openidRequest(attemptContext, authorizationParameters(grant, input), selectsAccount)
  const { nonce } = asked
  const { state, binding } = await prepareAuthorization(client.pkce)
  recording.hide(state, 'state')
  if (nonce) recording.hide(nonce, 'nonce')
  if (binding) recording.hide(binding.codeVerifier, 'code_verifier')
  await checkAvailability(attemptContext)
  const way = await openAnswerWay(attemptContext, reporter, state)
  const { redirectUri, why, forwardedTo } = way
  try {
    const url = await authorizationAddress(attemptContext, { redirectUri, ...asked, state, binding })
    recordChosenPkce(attemptContext, client.pkce)
    const closesAt = reporter.clock.now() + answerTimeout
    const places = { ...common, authorizationUrl: url, redirectUri, closesAt }
    if (why !== null) reporter.show({ state: 'awaiting_code', ...places, why, forwardedTo, browserFailed: null })
    else reporter.show({ state: 'awaiting_redirect', ...places, browserFailed: null, unproven: null })
    const issuer = service.issuer?.inRedirect ? service.issuer.url : undefined
    const expected = { state, issuer, redirectUri, forwardedTo }
    recordRequest(attemptContext, reporter, { url, redirectUri })
    const waited = recording.wait({ for: why === null ? 'redirect' : 'code', until: closesAt })
    const received = await firstAnswer(attemptContext, reporter, way, expected).then(
      (answer) => {
        waited('over')
        return answer
      },
      (error: unknown) => {
        waited(endOf(error))
        throw error
      },
    )
    const answer = read(attemptContext, received, { ...expected, pkce: client.pkce })
    recording.hide(answer.code, 'code')
    return { answer, codeVerifier: binding?.codeVerifier ?? null, nonce, redirectUri }
  } finally {
    await way.listener?.close()
  }
}

/** Records the authorization request as sent to the browser, or shown to the person. */
function recordRequest(
  attemptContext: AttemptContext,
  reporter: AttemptReporter,
  to: { url: string; redirectUri: string },
) {
  const { origin, pathname, searchParams } = new URL(to.url)
  const change = attemptContext.recording.add({
    kind: 'authorization_request',
    endpoint: origin + pathname,
    parameters: [...searchParams],
    redirectUri: to.redirectUri,
    codeChallengeMethod: clientOf(attemptContext).record.pkce,
    opened: 'by_person',
  })
  if (reporter.browse(to.url, () => change({ opened: 'failed' }))) change({ opened: 'browser' })
}

function recordReceived({ recording }: AttemptContext, { parameters, via, filledIn }: ReceivedAnswer): void {
  const came = recordedParameters([...parameters].filter(([name]) => !filledIn.some((one) => one === name)))
  recording.add({ kind: 'redirect', via, parameters: came, ...serverWordsIn(parameters), request: null })
}

function read(
  { recording }: AttemptContext,
  received: ReceivedAnswer,
  expected: Parameters<typeof readRedirectAnswer>[1] & { pkce: Pkce },
): RedirectAnswer {
  try {
    return readRedirectAnswer(received, expected, recording.check)
  } catch (error) {
    return recordRefusedPkce(recording, expected.pkce)(error)
  }
}

function endOf(error: unknown): 'timed_out' | 'cancelled' | 'failed' {
  const kind = error instanceof Problem ? error.failure.kind : null
  return kind === 'timed_out' || kind === 'cancelled' ? kind : 'failed'
}

async function firstAnswer(
  attemptContext: AttemptContext,
  reporter: AttemptReporter,
  { listener }: AnswerWay,
  expected: { state: Secret; redirectUri: string; issuer?: string | undefined },
): Promise<ReceivedAnswer> {
  const pasted = Promise.withResolvers<ReceivedAnswer>()
  const via = redirectOf(attemptContext).mode === 'out_of_band' ? 'out_of_band' : 'pasted'
  reporter.onPaste((text) => pasted.resolve({ ...parsePastedAnswer(text, expected), via }))
  const { signal } = attemptContext
  const abandon = () => pasted.reject(cancelled())
  if (signal.aborted) abandon()
  signal.addEventListener('abort', abandon, { once: true })
  const timer = setTimeout(
    () => pasted.reject(problem('timed_out', 'No answer came within ten minutes.', 'Start again.')),
    answerTimeout,
  )
  try {
    const listened = listener ? [listener.answer] : []
    const received = await Promise.race([pasted.promise, ...listened])
    // The redirect listener has recorded it, with its request.
    if (received.via !== 'listener') recordReceived(attemptContext, received)
    return received
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', abandon)
    reporter.onPaste(null)
    // If it loses the race, it must not become an unhandled rejection.
    pasted.promise.catch(() => undefined)
  }
}
