// How the answer of one visit comes back: to a listener on this machine, where the redirect URI leads here or is forwarded
// here, from the system at an app's own scheme, and pasted by the person in any case.
import {
  appSchemeOf,
  forwardingTarget,
  listeningPlaceOf,
  type RedirectChoice,
  redirectKindOf,
  redirectUriToRegister,
  withPort,
} from '../../../contract/redirect-uri.ts'
import { openAppRedirect } from '../../oauth/app-redirect.ts'
import { PortProblem } from '../../oauth/port-problem.ts'
import type { ReceivedAnswer } from '../../oauth/redirect-answer.ts'
import type { ListenerEvent } from '../../oauth/redirect-responses.ts'
import { quoted } from '../../oauth/refusal.ts'
import { Problem } from '../../problem.ts'
import type { Secret } from '../../secret.ts'
import type { AttemptContext } from './attempt-context.ts'
import { type AttemptReporter, clientOf } from './grant-handler.ts'

/** How long the listener waits for the person (ms). */
export const answerTimeout = 10 * 60_000

/** What gets the answer without the person. */
interface AnswerListener {
  /** Rejects with `timed_out` or `cancelled`. */
  answer: Promise<ReceivedAnswer>
  close(): Promise<void>
}

export interface AnswerWay {
  /** As it is sent: as it is registered, to the character, but for a port that may be any. */
  redirectUri: string
  listener: AnswerListener | null
  /** Why the person has to paste the answer; `null` where the listener gets it. */
  why: string | null
  /** Where the owner of the redirect URI may forward the answer to. */
  forwardedTo: string | null
}

export function redirectOf(attemptContext: AttemptContext): RedirectChoice {
  return attemptContext.input.redirect ?? clientOf(attemptContext).record.redirect
}

export async function openAnswerWay(
  attemptContext: AttemptContext,
  reporter: AttemptReporter,
  state: Secret,
): Promise<AnswerWay> {
  const redirect = redirectOf(attemptContext)
  const registered = redirectUriToRegister(redirect)
  const listen = (uri: string, anyPort: boolean) => openListener(attemptContext, reporter, { uri, anyPort, state })
  switch (redirectKindOf(registered)) {
    case 'listened': {
      const anyPort = redirect.mode === 'ephemeral'
      const opened = await listen(registered, anyPort)
      if (opened instanceof Problem)
        return { redirectUri: registered, listener: null, why: cannotListen(opened), forwardedTo: null }
      const redirectUri = anyPort ? withPort(registered, opened.port) : registered
      return { redirectUri, listener: opened, why: null, forwardedTo: null }
    }
    case 'web': {
      const opened = await listen(forwardingTarget, false)
      const ending = endsElsewhere(registered)
      return opened instanceof Problem
        ? { redirectUri: registered, listener: null, why: `${ending} ${notForwarded(opened)}`, forwardedTo: null }
        : { redirectUri: registered, listener: opened, why: ending, forwardedTo: forwardingTarget }
    }
    case 'app': {
      const opened = await openApp(attemptContext, reporter, registered, state)
      if (!('why' in opened)) return { redirectUri: registered, listener: opened, why: null, forwardedTo: null }
      const why = [opened.why, startsProgram(registered)].filter(Boolean).join(' ')
      return { redirectUri: registered, listener: null, why, forwardedTo: null }
    }
    case 'shown':
      return { redirectUri: registered, listener: null, why: shownByService, forwardedTo: null }
  }
}

const shownByService = 'After consent the service shows a code. Paste it here.'

function endsElsewhere(redirectUri: string): string {
  return `After consent the browser ends at ${redirectUri}. Paste the whole address that it shows there, whatever the page says.`
}

function cannotListen({ failure: { message, remedy } }: Problem): string {
  return [message, remedy, pasteHere].filter(Boolean).join(' ')
}

const pasteHere = 'Or open the address all the same, and paste the one that the browser ends at.'

function notForwarded({ message }: Problem): string {
  return `${message} So an answer that is forwarded to ${forwardingTarget} does not arrive here.`
}

function startsProgram(redirectUri: string): string {
  return `After consent the browser is sent to ${redirectUri}, which may open another app or nothing. Paste that whole address, from the address bar or from the console of the browser’s developer tools.`
}

/** An error response without the right state is shown, and proves nothing. */
function recordingEvents({ recording }: AttemptContext, reporter: AttemptReporter) {
  return (event: ListenerEvent) => {
    if (event.kind === 'stray_request') {
      const words = quoted(event)
      if (words !== null) reporter.showUnproven(recording.text(words))
    }
    recording.add(event)
  }
}

function answerFrom(answer: Promise<URLSearchParams>, via: ReceivedAnswer['via']): Promise<ReceivedAnswer> {
  const received = answer.then((parameters): ReceivedAnswer => ({ parameters, via, filledIn: [] }))
  // The attempt may end before anybody waits for it.
  received.catch(() => undefined)
  return received
}

/** Listens at an app's own scheme, if the host can and the system lets it; `why` is empty where there is nothing to say. */
async function openApp(
  attemptContext: AttemptContext,
  reporter: AttemptReporter,
  redirectUri: string,
  state: Secret,
): Promise<AnswerListener | { why: string }> {
  const { service } = attemptContext
  const scheme = appSchemeOf(redirectUri)
  if (scheme === null || !reporter.receive) return { why: '' }
  const opened = await openAppRedirect({
    ...{ redirectUri, scheme, state, receive: reporter.receive },
    issuer: service.issuer?.inRedirect ? service.issuer.url : undefined,
    onEvent: recordingEvents(attemptContext, reporter),
  })
  return 'why' in opened ? opened : { answer: answerFrom(opened.answer, 'app'), close: opened.close }
}

/**
 * Returns a Problem where the port is taken or may not be used. Node's server comes with much else: it is loaded when a person is
 * about to be sent to their browser.
 */
async function openListener(
  attemptContext: AttemptContext,
  reporter: AttemptReporter,
  { uri, anyPort, state }: { uri: string; anyPort: boolean; state: Secret },
): Promise<(AnswerListener & { port: number }) | Problem> {
  const { service, recording } = attemptContext
  const place = listeningPlaceOf(uri)
  if (place === null) throw new Error('A listener was asked for where nothing can listen.')
  try {
    const { openRedirectListener } = await import('../../oauth/redirect-listener.ts')
    const listener = await openRedirectListener({
      place: { ...place, port: anyPort ? null : place.port },
      state,
      issuer: service.issuer?.inRedirect ? service.issuer.url : undefined,
      closesAfterMs: answerTimeout,
      onEvent: recordingEvents(attemptContext, reporter),
    })
    return { port: listener.port, answer: answerFrom(listener.answer, 'listener'), close: listener.close }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    if (error instanceof PortProblem) {
      const expected = error.reason === 'no_such_address' ? place.hostname : place.port
      recording.check({ which: 'listener', expected, result: 'unconfirmed', reason: error.reason })
    }
    return error
  }
}
