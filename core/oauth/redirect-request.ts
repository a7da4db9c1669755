// Judges one request to the redirect listener. Decides only; the listener acts. Nothing of the request is believed, or
// consumed, before its `state` is found to be ours.
import type { IncomingMessage } from 'node:http'
import type { Secret } from '../secret.ts'
import { bounded } from './server-words.ts'
import { equalsSecret, repeatedParameter } from './state.ts'

export interface Expected {
  port: number
  path: string
  state: Secret
  issuer?: string
}

export type Verdict =
  | { kind: 'answer'; parameters: URLSearchParams }
  | { kind: 'replay' }
  /** Browsers ask for it by themselves: it is not worth a note. */
  | { kind: 'favicon' }
  | { kind: 'stray'; status: number; title: string; note: string; quote?: string }

/** @see https://www.rfc-editor.org/rfc/rfc8252#section-8.10 and https://www.rfc-editor.org/rfc/rfc9207#section-2.4 */
export function judge(request: IncomingMessage, expected: Expected, answered: boolean): Verdict {
  const hosts = request.rawHeaders.filter((_, at, all) => at % 2 === 1 && all[at - 1]?.toLowerCase() === 'host')
  if (hosts.length !== 1 || hosts[0] !== `127.0.0.1:${expected.port}`) {
    return stray(421, 'A request for another host was ignored', 'Its Host header names another address than ours.')
  }
  if (request.method !== 'GET') {
    return stray(405, 'A request that is no GET was ignored', 'A redirect is always a GET.')
  }
  const target = request.url ?? ''
  const [path, query] = splitTarget(target)
  if (path === '/favicon.ico') return { kind: 'favicon' }
  if (path !== expected.path) {
    return stray(404, 'A request for another path was ignored', 'Only the path of the redirect URI is answered.')
  }
  return judgeParameters(new URLSearchParams(query), expected, answered)
}

function judgeParameters(parameters: URLSearchParams, expected: Expected, answered: boolean): Verdict {
  if (repeatedParameter(parameters) !== null) {
    return stray(400, 'A redirect with a repeated parameter was ignored', 'No parameter may stand there twice.')
  }
  const state = parameters.get('state')
  const words = serverWordsIn(parameters)
  if (state === null) {
    if (words === null) return stray(400, 'A redirect without state was ignored', 'It cannot belong to this attempt.')
    const note = `It may be the authorization server's answer, without the state that would prove it: ${words}`
    return { ...stray(400, 'An error without state was noted', note), quote: words }
  }
  if (!equalsSecret(state, expected.state)) {
    return stray(400, 'A redirect with another state was ignored', 'It belongs to another attempt, or to none.')
  }
  if (expected.issuer !== undefined && parameters.get('iss') !== expected.issuer) {
    const note = 'The authorization server promises to name itself (iss); this answer names another, or none.'
    return stray(400, 'A redirect from another authorization server was ignored', note)
  }
  if (!parameters.get('code') && words === null) {
    return stray(400, 'A redirect without a code was ignored', 'It carries neither a code nor an error.')
  }
  return answered ? { kind: 'replay' } : { kind: 'answer', parameters }
}

/** The server's words in an error answer, for people. */
export function serverWordsIn(parameters: URLSearchParams): string | null {
  const error = bounded(parameters.get('error'))
  if (error === null) return null
  const description = bounded(parameters.get('error_description'))
  return description === null ? error : `${description} (${error})`
}

function stray(status: number, title: string, note: string): Extract<Verdict, { kind: 'stray' }> {
  return { kind: 'stray', status, title, note }
}

function splitTarget(target: string): [string, string] {
  const at = target.indexOf('?')
  return at < 0 ? [target, ''] : [target.slice(0, at), target.slice(at + 1)]
}
