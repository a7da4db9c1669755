// Refusals that are about PKCE: servers that only support `plain`, or no PKCE at all, mention its parameters in their error.
import type { Pkce } from '../../contract/service.ts'
import type { ServerWords } from './server-words.ts'

interface PkceAdvice {
  sentence: string
  /** Includes the security trade-off of each method. */
  remedy: string
  /** The likeliest first. */
  tryPkce: Pkce[]
}

const advice: Record<Pkce, PkceAdvice> = {
  S256: {
    sentence: 'The server does not take PKCE with S256',
    remedy:
      'Try with plain: then anybody who reads the authorization request can use the code. Without PKCE anybody who reads the redirect can: turn it off only where the server refuses plain too.',
    tryPkce: ['plain', 'off'],
  },
  plain: {
    sentence: 'The server does not take PKCE with plain',
    remedy: 'Try with S256. Without PKCE anybody who reads the redirect can use its code: turn it off last.',
    tryPkce: ['S256', 'off'],
  },
  off: {
    sentence: 'The server wants PKCE, which is off for this client',
    remedy: 'Try with S256. With plain anybody who reads the authorization request can use the code.',
    tryPkce: ['S256', 'plain'],
  },
}

/** `undefined` if the refusal is about something else. @see https://www.rfc-editor.org/rfc/rfc7636#section-4.4.1 */
export function pkceAdvice(words: ServerWords, pkce: Pkce): PkceAdvice | undefined {
  return isAboutPkce(words) ? advice[pkce] : undefined
}

/** Whether a refusal mentions PKCE or one of its parameters. */
export function isAboutPkce({ error, errorDescription }: ServerWords): boolean {
  return /\bpkce\b|code[_ ](?:challenge|verifier)/i.test(`${error ?? ''} ${errorDescription ?? ''}`)
}
