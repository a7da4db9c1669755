// Tells the pseudonyms that stand for secrets from the rest of what was recorded.
import { pseudonymPattern } from '../../contract/flow/pseudonym.ts'

export interface TextPart {
  text: string
  pseudonym: boolean
}

/** Splits a recorded text so that the pseudonyms that stand for secrets can be told from the rest. */
export function splitPseudonyms(text: string): TextPart[] {
  const parts: TextPart[] = []
  let end = 0
  for (const match of text.matchAll(pseudonymPattern)) {
    if (match.index > end) parts.push({ text: text.slice(end, match.index), pseudonym: false })
    parts.push({ text: match[0], pseudonym: true })
    end = match.index + match[0].length
  }
  if (end < text.length) parts.push({ text: text.slice(end), pseudonym: false })
  return parts
}
