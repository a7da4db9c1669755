// The redirect URI of a client, as it is registered at the service: how it is stored, and how the answer comes from there.
import { z } from 'zod'
import { lazyUnion } from './lazy-schema.ts'

/** The redirect URI that asks a service to show the code. */
export const outOfBandRedirectUri = 'urn:ietf:wg:oauth:2.0:oob'

/** The proposed port if a service needs an exact redirect URI. */
export const proposedRedirectPort = 53682

/** The proposed redirect URI where the service takes any port. */
const proposedAnyPort = 'http://127.0.0.1/callback'

/** Where answers at an address of the web may be forwarded to. */
export const forwardingTarget = `http://127.0.0.1:${proposedRedirectPort}/callback`

/** Longer redirect URIs are refused by some servers, and typed by nobody. */
const longest = 2_000

/** Addresses that run something in a browser or stay in it, and never bring an answer. */
const unusableSchemes = new Set(['javascript', 'data', 'blob', 'about', 'file', 'view-source', 'vbscript'])

/** Why a text cannot be a redirect URI; `null` if it can. @see RFC 6749 §3.1.2 */
export function redirectUriProblem(text: string): string | null {
  if (text === '') return 'The redirect URI is missing.'
  if (text.length > longest) return `A redirect URI has at most ${longest} characters.`
  if (/[\s\p{Cc}\p{Cf}\\"<>]/u.test(text))
    return 'A redirect URI holds no blanks, quotes, backslashes or invisible characters.'
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(text)?.[1]?.toLowerCase()
  if (scheme === undefined) return 'This is not a complete redirect URI. It begins with a scheme, such as https://.'
  if (text.includes('#')) return 'A redirect URI has no fragment (#).'
  if (unusableSchemes.has(scheme)) return `No service can send an answer to ${scheme}:.`
  const isWeb = scheme === 'http' || scheme === 'https'
  if (isWeb ? !(/^https?:\/\/[^/]/i.test(text) && URL.canParse(text)) : text.length === scheme.length + 1)
    return 'This is not a complete redirect URI.'
  return null
}

export const redirectUriSchema = z.string().superRefine((text, context) => {
  const problem = redirectUriProblem(text)
  if (problem !== null) context.addIssue({ code: 'custom', message: problem })
})

/**
 * `ephemeral`: registered as `uri`, by default without a port, and sent with any free port. `fixed`: our usual one with this
 * port. `exact`: sent as it is registered, to the character.
 */
export const redirectChoiceSchema = lazyUnion('mode', () => [
  z.object({
    mode: z.literal('ephemeral'),
    uri: redirectUriSchema
      .refine((text) => listeningPlaceOf(text) !== null, 'Only an http address on this machine can have any free port.')
      .optional(),
  }),
  z.object({ mode: z.literal('fixed'), port: z.number().int().min(1024).max(65535) }),
  z.object({ mode: z.literal('out_of_band') }),
  z.object({ mode: z.literal('exact'), uri: redirectUriSchema }),
])
export type RedirectChoice = z.infer<typeof redirectChoiceSchema>

/** The exact redirect URI to register for a choice. */
export function redirectUriToRegister(choice: RedirectChoice): string {
  switch (choice.mode) {
    case 'ephemeral':
      return choice.uri ?? proposedAnyPort
    case 'fixed':
      return fixedUri(choice.port)
    case 'out_of_band':
      return outOfBandRedirectUri
    case 'exact':
      return choice.uri
  }
}

function fixedUri(port: number): string {
  return `http://127.0.0.1:${port}/callback`
}

/** How a redirect URI is stored; `anyPort` where the service takes any port in its place. */
export function redirectChoiceOf(uri: string, anyPort: boolean): RedirectChoice {
  if (uri === outOfBandRedirectUri) return { mode: 'out_of_band' }
  const place = listeningPlaceOf(uri)
  if (anyPort && place !== null) return uri === proposedAnyPort ? { mode: 'ephemeral' } : { mode: 'ephemeral', uri }
  if (place !== null && place.port >= 1024 && uri === fixedUri(place.port)) return { mode: 'fixed', port: place.port }
  return { mode: 'exact', uri }
}

/** Whether a port that a redirect URI leaves out is any free one: it is, unless the service is known to compare it. */
export function takesAnyPort(uri: string, anyPort: 'yes' | 'no' | 'unknown'): boolean {
  return anyPort !== 'no' && listeningPlaceOf(uri)?.hasPort === false
}

/** Where on this machine an answer is listened for. */
export interface ListeningPlace {
  hostname: '127.0.0.1' | '[::1]' | 'localhost'
  port: number
  /** Whether the port stands in the redirect URI; without it, it is 80. */
  hasPort: boolean
  /** As a browser asks for it. */
  path: string
}

/** `null` for a redirect URI that is not plain http on this machine. @see RFC 8252 §7.3 */
export function listeningPlaceOf(redirectUri: string): ListeningPlace | null {
  const url = URL.parse(redirectUri)
  if (url === null || url.protocol !== 'http:' || url.username !== '' || url.password !== '') return null
  const { hostname, port, pathname: path } = url
  if (hostname !== '127.0.0.1' && hostname !== '[::1]' && hostname !== 'localhost') return null
  const hasPort = /^http:\/\/[^/?]*:\d+(?:[/?]|$)/i.test(redirectUri)
  return { hostname, port: port === '' ? 80 : Number(port), hasPort, path }
}

/** The redirect URI with another port, and every other character as it was. */
export function withPort(redirectUri: string, port: number): string {
  return redirectUri.replace(/^(http:\/\/(?:\[[^\]]*\]|[^:/?]*))(?::\d*)?/i, `$1:${port}`)
}

/** How an answer comes from a redirect URI. */
export type RedirectKind = 'listened' | 'shown' | 'web' | 'app'

/** `web`: the browser ends at an address elsewhere; `app`: the system would start a program for it. */
export function redirectKindOf(redirectUri: string): RedirectKind {
  if (redirectUri === outOfBandRedirectUri) return 'shown'
  if (listeningPlaceOf(redirectUri) !== null) return 'listened'
  return /^https?:/i.test(redirectUri) ? 'web' : 'app'
}

/** Registered schemes that look like a domain in reverse. @see https://www.iana.org/assignments/uri-schemes */
const dottedSchemes = /^(?:(?:iris|soap|xmlrpc)\.|z39\.50|vnd\.)/

/** The scheme of a redirect URI if an app may take it for its own: a domain in reverse. @see RFC 8252 §7.1 */
export function appSchemeOf(redirectUri: string): string | null {
  const scheme = /^([a-z][a-z0-9+-]*(?:\.[a-z0-9+-]+)+):/i.exec(redirectUri)?.[1]?.toLowerCase()
  return scheme === undefined || dottedSchemes.test(scheme) ? null : scheme
}

/** Our own proposals say by their port whether it may be any; every other redirect URI stays as it is registered. */
export function proposalFor(redirectUri: string, anyPort: boolean): string {
  if (anyPort && redirectChoiceOf(redirectUri, false).mode === 'fixed') return proposedAnyPort
  return !anyPort && redirectUri === proposedAnyPort ? fixedUri(proposedRedirectPort) : redirectUri
}
