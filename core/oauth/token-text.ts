// A token as servers hand it out, put right where it cannot be sent as it came: with blanks around it, or with the scheme that
// only belongs into the header.
import type { CheckFacts } from '../flows/recording.ts'

/** `which` is the member's name; records a check if anything was left out. */
export function tokenText(token: string, which: string, check: (facts: CheckFacts) => void): string {
  // A byte order mark counts as white space; zero-width blanks do not.
  const trimmed = token.replace(/^[\s\u200b\u2060]+|[\s\u200b\u2060]+$/g, '')
  const bare = trimmed.replace(/^bearer\s+/i, '')
  if (trimmed !== token) check({ which: 'token_text', found: which, result: 'unconfirmed', reason: 'blanks_around' })
  if (bare !== trimmed) check({ which: 'token_text', found: which, result: 'unconfirmed', reason: 'scheme_in_front' })
  return bare
}
