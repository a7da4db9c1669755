// Reads what a person pastes in place of the redirect: the address that the browser ended at, its parameters, or the code
// alone, as mail, chat programs and terminals hand them on: in quotes or brackets, wrapped over lines, with words around it.
import { outOfBandRedirectUri } from '../../contract/redirect-uri.ts'
import { isObject, parseJson } from '../json-path.ts'
import { invalid, type Problem } from '../problem.ts'
import type { Secret } from '../secret.ts'
import type { ReceivedAnswer } from './redirect-answer.ts'
import { equalsSecret, repeatedParameter } from './state.ts'

interface Expected {
  state: Secret
  redirectUri: string
  issuer?: string
}

/** `whole`: an address or a query, which has to carry a state; a code alone cannot. */
interface Reading {
  parameters: URLSearchParams
  whole: boolean
}

/**
 * A pasted response. A code alone has no state, so ours is used: PKCE binds the code to this attempt. An address without
 * `state` is taken only from a service that shows the code on a page of its own. Throws `invalid_input`.
 */
export function parsePastedAnswer(text: string, expected: Expected): Pick<ReceivedAnswer, 'parameters' | 'filledIn'> {
  const pasted = text.replace(invisible, '').replace(mailQuotes, '').trim()
  if (pasted === '') throw invalid('text', 'Nothing was pasted.')
  const { parameters, whole } = readings(pasted, expected)
  if (repeatedParameter(parameters) !== null) {
    throw invalid('text', 'This answer names one of its parameters twice, which no authorization server does.')
  }
  if (!parameters.get('code') && !parameters.get('error')) throw noAnswer(parameters, expected.redirectUri)
  const filledIn = checkedState(parameters, whole, expected)
  parameters.set('state', expected.state.reveal())
  if (expected.issuer !== undefined && !parameters.has('iss')) {
    if (whole && filledIn.length === 0 && parameters.get('code')) throw withoutIssuer(expected.redirectUri)
    filledIn.push('iss')
    parameters.set('iss', expected.issuer)
  }
  return { parameters, filledIn }
}

/** Characters without a width, bidirectional marks and byte order marks: chat programs and pages leave them around. */
const invisible = /\p{Cf}/gu
/** What stands before each line of a mail that is answered. */
const mailQuotes = /^[ \t]*(?:>[ \t]?)+/gm

function checkedState(parameters: URLSearchParams, whole: boolean, expected: Expected): ReceivedAnswer['filledIn'] {
  const state = parameters.get('state')
  if (state) {
    if (equalsSecret(state, expected.state)) return []
    if (expected.state.reveal().startsWith(state)) {
      throw invalid('text', 'This address was cut off: its state is not whole.', wholeAddress(expected.redirectUri))
    }
    throw invalid(
      'text',
      'This answer belongs to another attempt: its state is not the one that was sent.',
      'Paste the address that this attempt led to, or connect again.',
    )
  }
  // A refusal may come without one, and takes nothing.
  const needsState = whole && expected.redirectUri !== outOfBandRedirectUri && !parameters.get('error')
  if (!needsState) return ['state']
  throw invalid(
    'text',
    'This address has a code but no state, so nothing shows that it answers this attempt.',
    `${wholeAddress(expected.redirectUri)} It may have been cut off before “state=”.`,
  )
}

/** As from the listener: the server promises it with every answer. @see RFC 9207 §2.4 */
function withoutIssuer(redirectUri: string): Problem {
  return invalid(
    'text',
    'This address does not say which authorization server it comes from (iss), which this one promises.',
    `${wholeAddress(redirectUri)} If nothing is missing, connect again: the answer may be another server’s.`,
  )
}

function wholeAddress(redirectUri: string): string {
  return `Paste all of the address that begins with ${redirectUri}, to its very end.`
}

/** What was pasted, as it stands or, where a program encoded it once more on the way, decoded. */
function readings(pasted: string, expected: Expected): Reading {
  const asItStands = read(pasted, expected)
  if (!/%3[AD]/i.test(pasted) || (asItStands.whole && isAnswer(asItStands.parameters))) return asItStands
  const decoded = read(decodedOnce(pasted), expected)
  return decoded.whole && isAnswer(decoded.parameters) ? decoded : asItStands
}

function isAnswer(parameters: URLSearchParams): boolean {
  return Boolean(parameters.get('code') || parameters.get('error'))
}

function read(pasted: string, { state, redirectUri }: Expected): Reading {
  const shown = membersIn(pasted)
  if (shown !== null) return { parameters: shown, whole: true }
  const addresses = addressesIn(pasted, redirectUri).map((start) =>
    parametersAt(pasted.slice(0, start), pasted.slice(start), state),
  )
  const ours = addresses.find((parameters) => equalsSecret(parameters.get('state') ?? '', state))
  const address = ours ?? addresses.find(isAnswer) ?? addresses[0]
  if (address) return { parameters: address, whole: true }
  // A query, or a line such as "Success code=…" copied off a page.
  const named = pasted.search(/(?<=^|[?&#\s"'(<])(?:code|error|state|iss)=/)
  if (named < 0) return { parameters: codeAlone(pasted), whole: false }
  const start = startOfWord(pasted, named)
  const parameters = parametersAt(pasted.slice(0, start), `?${pasted.slice(start)}`, state)
  const isAlone = [...parameters.keys()].join() === 'code' && !pasted.includes('?')
  return { parameters, whole: !isAlone }
}

/** Of JSON: some pages show as that what they were asked with. */
function membersIn(pasted: string): URLSearchParams | null {
  const json = pasted.startsWith('{') ? parseJson(pasted) : null
  if (!isObject(json)) return null
  const found = [json, ...Object.values(json)].filter(isObject).find(({ code, error }) => code || error)
  const texts = Object.entries(found ?? {}).filter((pair): pair is [string, string] => typeof pair[1] === 'string')
  return texts.length === 0 ? null : new URLSearchParams(texts)
}

function startOfWord(text: string, within: number): number {
  let start = within
  while (start > 0 && !/[\s?#"'(<]/.test(text[start - 1] ?? '')) start -= 1
  return start
}

/** Where addresses begin: first those at the redirect URI, in any case of its scheme. */
function addressesIn(pasted: string, redirectUri: string): number[] {
  const atOurs = redirectUri === outOfBandRedirectUri ? -1 : pasted.indexOf(redirectUri)
  const others = [...pasted.matchAll(/(?<![\w+.%-])[a-z][a-z0-9+.-]*\s*:\s*\//gi)].map(({ index }) => index)
  return [...(atOurs < 0 ? [] : [atOurs]), ...others.slice(0, mostAddresses)]
}

/** More addresses, and pieces of one, than a person pastes. */
const mostAddresses = 8
const mostPieces = 60

const closers: Record<string, string> = { '(': ')', '[': ']' }

/**
 * The parameters of the address or query with which `following` begins. Blanks in it are taken out; how much of what comes
 * after them still belongs to it shows in its state.
 */
function parametersAt(before: string, following: string, state: Secret): URLSearchParams {
  const closed = closers[before.trimEnd().at(-1) ?? '']
  const end = closed === undefined ? -1 : following.lastIndexOf(closed)
  // None of these stands in an address as a browser shows it.
  const [address = ''] = (end < 0 ? following : following.slice(0, end)).split(/["<>`“”„«»‘’]/, 1)
  const pieces = address.trim().split(/\s+/)
  const wordsBefore = /[\p{L}\p{N}]\W*\s/u.test(before)
  const lengths = Array.from({ length: Math.min(pieces.length, mostPieces) }, (_, at) => at + 1)
  const candidates = wordsBefore ? lengths : [pieces.length, ...lengths]
  const parsed = candidates.map((length) => () => parametersOf(withoutFullStop(pieces.slice(0, length).join(' '))))
  for (const parse of parsed) {
    const parameters = parse()
    if (isAnswer(parameters) && equalsSecret(parameters.get('state') ?? '', state)) return parameters
  }
  return parsed[0]?.() ?? new URLSearchParams()
}

/** An address at the end of a sentence; an unsigned JWT ends with a full stop of its own. */
function withoutFullStop(text: string): string {
  if (/=ey[\w-]+\.[\w-]+\.$/.test(text)) return text
  let end = text.length
  while (/[.,;'’]/.test(text[end - 1] ?? '')) end -= 1
  return text.slice(0, end)
}

function parametersOf(address: string): URLSearchParams {
  const at = address.indexOf('#')
  const [before, fragment] = at < 0 ? [address, ''] : [address.slice(0, at), address.slice(at + 1)]
  const inQuery = pairsIn(before)
  return isAnswer(inQuery) || fragment === '' ? inQuery : pairsIn(fragment)
}

function pairsIn(text: string): URLSearchParams {
  const question = text.indexOf('?')
  const query = question < 0 && /^[a-z][a-z0-9+.-]*:/i.test(text) ? '' : text.slice(question + 1)
  // Copied out of a page's source, an ampersand is an entity.
  const pairs = query.replaceAll('&amp;', '&').split('&')
  return new URLSearchParams(pairs.map(withoutBlanks).join('&'))
}

/** Only a sentence of the server's may hold blanks. */
function withoutBlanks(pair: string): string {
  const isSentence = /^\s*error_description\s*=/.test(pair)
  return isSentence ? pair.trim().replace(/\s+/g, '+') : pair.replace(/\s+/g, '')
}

/** A code by itself, also wrapped over lines or with a label; none where there are several words. */
function codeAlone(pasted: string): URLSearchParams {
  const unlabelled = pasted.replace(/^[\p{L} ]{0,60}\bcode\b[\p{L} ]{0,60}[:=]\s*/iu, '')
  const bare = withoutFullStop(unwrapped(unlabelled))
  const pieces = bare.split(/\s+/)
  const isWrapped = bare.split(/[\r\n]+/).every((line) => !/\s/.test(line.trim()))
  const hasWords = pieces.length > 1 && pieces.some((piece) => /^\p{L}+[.,:;!?]?$/u.test(piece))
  const isCode = (!hasWords || isWrapped) && !/^https?:/i.test(bare) && bare !== ''
  return new URLSearchParams(isCode ? { code: decodedOnce(pieces.join('')) } : {})
}

function unwrapped(text: string): string {
  const [, inner] = /^["'`“”„«»‘’<([{](.*)["'`“”„«»‘’>)\]}][.,;]?$/s.exec(text) ?? []
  return inner === undefined ? text : inner.trim()
}

/** A code copied out of an address bar is still percent-encoded. */
function decodedOnce(text: string): string {
  if (!/%[0-9A-Fa-f]{2}/.test(text)) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function noAnswer(parameters: URLSearchParams, redirectUri: string): Problem {
  const remedy =
    redirectUri === outOfBandRedirectUri
      ? 'Paste the code that the page shows after consent.'
      : `After consent the browser is sent to an address that begins with ${redirectUri}; paste all of that address.`
  if (parameters.has('response_type') || parameters.has('client_id')) {
    return invalid('text', 'This is the address of the consent page, not of its answer.', remedy)
  }
  return invalid('text', 'There is no code in what was pasted.', remedy)
}
