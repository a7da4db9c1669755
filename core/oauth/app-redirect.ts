// Takes the authorization response at a redirect URI of an app's own scheme, as the system hands it over. Any program can hand
// over anything: only the redirect URI itself with this attempt's `state` is an answer, everything else changes nothing.
import { longestAnswer } from '../../contract/attempt.ts'
import type { EventOf } from '../../contract/flow/event.ts'
import type { Browser } from '../ports.ts'
import { problem } from '../problem.ts'
import type { Secret } from '../secret.ts'
import { judgeParameters } from './redirect-request.ts'
import { boundedStrays, plainStray } from './stray-requests.ts'

export interface AppRedirectOptions {
  redirectUri: string
  scheme: string
  state: Secret
  /** Set if the server promises `iss` in its responses. */
  issuer?: string
  receive: NonNullable<Browser['receive']>
  onEvent: (event: Omit<EventOf<'stray_request'>, 'id' | 'at'>) => void
}

export interface AppRedirect {
  /** A code or an error with our state. Rejects with `cancelled`. */
  readonly answer: Promise<URLSearchParams>
  close(): Promise<void>
}

/** Answers `why` not, in a sentence, where the system hands nothing over. @see https://www.rfc-editor.org/rfc/rfc8252#section-7.1 */
export async function openAppRedirect(options: AppRedirectOptions): Promise<AppRedirect | { why: string }> {
  const { redirectUri, scheme, state, issuer } = options
  const { promise: answer, resolve, reject } = Promise.withResolvers<URLSearchParams>()
  // Nobody may be waiting for the answer when this is closed.
  answer.catch(() => {})
  const recordStray = boundedStrays(options.onEvent)
  let isOpen = true

  function take(address: string): void {
    if (!isOpen) return
    const parameters = parametersAt(address, redirectUri)
    const verdict = parameters && judgeParameters(parameters, { state, issuer })
    if (verdict === null) recordStray({ ...plainStray, reason: 'path' })
    else if (verdict.kind === 'stray') recordStray({ ...plainStray, ...verdict.words, reason: verdict.reason })
    else {
      isOpen = false
      resolve(verdict.parameters)
    }
  }

  const received = await options.receive(scheme, take)
  if ('why' in received) return received
  return {
    answer,
    async close() {
      isOpen = false
      reject(problem('cancelled', 'This was cancelled before an answer came.'))
      await received.end()
    },
  }
}

/** The parameters of an address at the redirect URI, from its query or else its fragment; `null` for any other address. */
function parametersAt(address: string, redirectUri: string): URLSearchParams | null {
  if (address.length > longestAnswer) return null
  const [url, registered] = [URL.parse(address), URL.parse(redirectUri)]
  if (url === null || registered === null || placeOf(url) !== placeOf(registered)) return null
  for (const [name, value] of registered.searchParams) if (url.searchParams.get(name) !== value) return null
  const inFragment = new URLSearchParams(url.hash.slice(1))
  return !url.searchParams.has('state') && inFragment.has('state') ? inFragment : url.searchParams
}

/** Systems may write the scheme in lower case, and an empty path as a slash. */
function placeOf({ protocol, username, password, host, pathname }: URL): string {
  return JSON.stringify([protocol, username, password, host, pathname === '/' ? '' : pathname])
}
