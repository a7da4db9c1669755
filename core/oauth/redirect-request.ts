// Decides what a request to the redirect listener is; the listener acts on it. Nothing in the request is trusted before its
// `state` has been checked.
import type { IncomingMessage } from 'node:http'
import type { EventOf } from '../../contract/flow/event.ts'
import type { Secret } from '../secret.ts'
import { readForm } from './redirect-form.ts'
import { bounded, type ServerWords } from './server-words.ts'
import { equalsSecret, repeatedParameter } from './state.ts'

export interface Expected {
  /** The Host header of a request for the redirect URI: without a port where it is 80. */
  host: string
  path: string
  state: Secret
  issuer?: string
}

export type Verdict =
  | { kind: 'answer'; parameters: URLSearchParams }
  /** There is nothing in the query: a page of ours may find the answer in the fragment, which browsers do not send. */
  | { kind: 'empty' }
  /** Browsers request it on their own: not worth an event. */
  | { kind: 'favicon' }
  | { kind: 'stray'; status: number; reason: StrayReason; words: ServerWords }

type StrayReason = EventOf<'stray_request'>['reason']

/** @see https://www.rfc-editor.org/rfc/rfc8252#section-8.10 and https://www.rfc-editor.org/rfc/rfc9207#section-2.4 */
export async function judge(request: IncomingMessage, expected: Expected): Promise<Verdict> {
  const wrong = wrongPlace(request, expected)
  if (wrong) {
    request.resume()
    return wrong
  }
  if (request.method === 'POST') {
    const form = await readForm(request)
    return 'status' in form ? stray(form.status, 'form') : judgeParameters(form.parameters, expected)
  }
  request.resume()
  const [, query] = splitTarget(request.url ?? '')
  const parameters = new URLSearchParams(query)
  const isEmpty = ['state', 'code', 'error'].every((name) => !parameters.has(name))
  return isEmpty ? { kind: 'empty' } : judgeParameters(parameters, expected)
}

function wrongPlace(request: IncomingMessage, expected: Expected): Verdict | null {
  const hosts = request.rawHeaders.filter((_, at, all) => at % 2 === 1 && all[at - 1]?.toLowerCase() === 'host')
  if (hosts.length !== 1 || hosts[0] !== expected.host) return stray(421, 'host')
  if (request.method !== 'GET' && request.method !== 'POST') return stray(405, 'method')
  const [path] = splitTarget(request.url ?? '')
  if (path === expected.path) return null
  return path === '/favicon.ico' ? { kind: 'favicon' } : stray(404, 'path')
}

/** Whether these are the parameters of the authorization response, wherever they came from. */
export function judgeParameters(
  parameters: URLSearchParams,
  expected: Pick<Expected, 'state' | 'issuer'>,
): Extract<Verdict, { kind: 'answer' | 'stray' }> {
  if (repeatedParameter(parameters) !== null) {
    return stray(400, 'parameters')
  }
  const state = parameters.get('state')
  const words = serverWordsIn(parameters)
  if (state === null) {
    return words.error === null ? stray(400, 'no_state') : stray(400, 'unproven_error', words)
  }
  if (!equalsSecret(state, expected.state)) {
    return stray(400, 'state')
  }
  if (expected.issuer !== undefined && parameters.get('iss') !== expected.issuer) {
    return stray(400, 'iss')
  }
  if (!parameters.get('code') && words.error === null) return stray(400, 'no_code')
  return { kind: 'answer', parameters }
}

/** The server's words in an error response; a description without an error does not count. */
export function serverWordsIn(parameters: URLSearchParams): ServerWords {
  const error = bounded(parameters.get('error'))
  return { error, errorDescription: error === null ? null : bounded(parameters.get('error_description')) }
}

const noWords: ServerWords = { error: null, errorDescription: null }

function stray(status: number, reason: StrayReason, words = noWords): Extract<Verdict, { kind: 'stray' }> {
  return { kind: 'stray', status, reason, words }
}

function splitTarget(target: string): [string, string] {
  const at = target.indexOf('?')
  return at < 0 ? [target, ''] : [target.slice(0, at), target.slice(at + 1)]
}
