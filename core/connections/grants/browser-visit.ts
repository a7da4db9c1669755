// Sends the browser to the authorization endpoint and waits for the one right answer: by the redirect listener, or
// pasted by the person where none can listen or the service shows the code.
import { type RedirectChoice, redirectPath, redirectUriToRegister } from '../../../contract/client.ts'
import { authorizationUrl, prepareAuthorization } from '../../oauth/authorization-request.ts'
import { parsePastedAnswer, type RedirectAnswer, readRedirectAnswer } from '../../oauth/redirect-answer.ts'
import { openRedirectListener, type RedirectListener } from '../../oauth/redirect-listener.ts'
import { Problem, problem } from '../../problem.ts'
import type { Secret } from '../../secret.ts'
import { endpointsOf } from '../../services/addresses.ts'
import type { AttemptContext } from '../attempt-context.ts'
import { beginningOf } from '../grant-answers.ts'
import { checkAvailability } from './availability.ts'
import { type AttemptReporter, cancelled, clientOf } from './grant-handler.ts'

/** The listener waits this long for the person (ms). */
const answerTimeout = 10 * 60_000

export interface Visit {
  answer: RedirectAnswer
  codeVerifier: Secret | null
  redirectUri: string
}

/** Throws Problem: refused, timed out, cancelled, or an answer that is not ours. */
export async function visitAuthorizationEndpoint(
  attemptContext: AttemptContext,
  reporter: AttemptReporter,
): Promise<Visit> {
  const { service, grant, input, baseUrl, recording, common } = attemptContext
  const { record: client } = clientOf(attemptContext)
  const asked = beginningOf(grant, input)
  const { state, binding } = await prepareAuthorization(client.pkce)
  recording.hide(state, 'state')
  if (binding) recording.hide(binding.codeVerifier, 'code_verifier')
  await checkAvailability(attemptContext)
  const listener = await openListener(attemptContext, reporter, state)
  const redirectUri = 'why' in listener ? redirectUriToRegister(redirectOf(attemptContext)) : listener.redirectUri
  try {
    const url = authorizationUrl({
      endpoint: endpointsOf(service, baseUrl).authorization,
      clientId: client.clientId,
      redirectUri,
      ...asked,
      separator: service.scopes.separator,
      state,
      binding,
    })
    if (!binding) {
      const note = 'The code is bound to this attempt by state alone: whoever reads the redirect could use it.'
      recording.note({ from: 'grantdesk', to: 'authorization_server', title: 'PKCE was switched off by hand', note })
    }
    const waiting = recording.note({
      from: 'browser',
      to: 'authorization_server',
      title: 'Authorization request',
      note: 'The person signs in and consents in the browser.',
      outcome: 'running',
      request: { method: 'GET', url, headers: [], body: null },
    })
    const places = { ...common, authorizationUrl: url, redirectUri, closesAt: reporter.clock.now() + answerTimeout }
    if ('why' in listener) reporter.show({ state: 'awaiting_code', ...places, why: listener.why })
    else reporter.show({ state: 'awaiting_redirect', ...places, browserFailed: null, unproven: null })
    reporter.browse(url)
    const expected = { state, issuer: service.issuer?.inRedirect ? service.issuer.url : undefined }
    const parameters = await firstAnswer(attemptContext, reporter, listener, { ...expected, redirectUri }, waiting)
    const answer = readRedirectAnswer(parameters, { ...expected, pkce: client.pkce })
    recording.hide(answer.code, 'code')
    return { answer, codeVerifier: binding?.codeVerifier ?? null, redirectUri }
  } finally {
    if (!('why' in listener)) await listener.close()
  }
}

function redirectOf(attemptContext: AttemptContext): RedirectChoice {
  return attemptContext.input.redirect ?? clientOf(attemptContext).record.redirect
}

const shownByService = 'After consent the service shows a code. Paste it here.'

async function openListener(
  attemptContext: AttemptContext,
  reporter: AttemptReporter,
  state: Secret,
): Promise<RedirectListener | { why: string }> {
  const { recording, service } = attemptContext
  const redirect = redirectOf(attemptContext)
  if (redirect.mode === 'out_of_band') return { why: shownByService }
  try {
    return await openRedirectListener({
      port: redirect.mode === 'fixed' ? redirect.port : null,
      path: redirectPath,
      state,
      issuer: service.issuer?.inRedirect ? service.issuer.url : undefined,
      closesAfterMs: answerTimeout,
      note: ({ title, note, words, request, outcome }) => {
        if (words) reporter.tell(recording.text(words))
        const body = request ? { ...request, body: null } : null
        recording.note({ from: 'browser', to: 'grantdesk', title, note, outcome, request: body })
      },
    })
  } catch (error) {
    if (error instanceof Problem) return { why: error.message }
    throw error
  }
}

async function firstAnswer(
  { recording, signal }: AttemptContext,
  reporter: AttemptReporter,
  listener: RedirectListener | { why: string },
  expected: { state: Secret; redirectUri: string; issuer?: string | undefined },
  waiting: string,
): Promise<URLSearchParams> {
  const pasted = Promise.withResolvers<URLSearchParams>()
  reporter.onPaste((text) => pasted.resolve(parsePastedAnswer(text, expected)))
  const abandon = () => pasted.reject(cancelled())
  if (signal.aborted) abandon()
  signal.addEventListener('abort', abandon, { once: true })
  const timer = setTimeout(
    () => pasted.reject(problem('timed_out', 'No answer came within ten minutes.', 'Start again.')),
    answerTimeout,
  )
  try {
    const sources = 'why' in listener ? [pasted.promise] : [pasted.promise, listener.answer]
    const parameters = await Promise.race(sources)
    recording.endStep(waiting, { outcome: parameters.has('error') ? 'failed' : 'succeeded' })
    return parameters
  } catch (error) {
    recording.endStep(waiting, { outcome: 'failed', note: error instanceof Problem ? error.message : '' })
    throw error
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', abandon)
    reporter.onPaste(null)
    // Where it lost the race it must not become an unhandled rejection.
    pasted.promise.catch(() => undefined)
  }
}
