// What a refusal tells more exactly than its error code: in codes and numbers of a server's own, or in its sentence alone. A
// sentence that names several possibilities, as the RFC's own do, tells none of them.
import type { RefusedAt } from './refusal-reason.ts'
import type { ServerWords } from './server-words.ts'

export type RefusalDetail =
  | 'code_expired'
  | 'code_used'
  | 'code_of_another_client'
  | 'verifier_missing'
  | 'verifier_wrong'
  | 'challenge_method'
  | 'client_unknown'
  | 'grant_not_allowed'
  | 'secret_expired'
  | 'secret_missing'
  | 'secret_unexpected'
  | 'secret_wrong'
  | 'method_refused'
  | 'pushed_request_required'

interface Signs {
  /** Error codes of a server's own. */
  codes?: string[]
  /** Entra's numbers. @see https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes */
  numbers?: number[]
  sentence?: RegExp
  /** Of a code only, where a code was sent. */
  ofCode?: true
}

const signs: Record<RefusalDetail, Signs> = {
  code_expired: {
    codes: ['code_expired', 'expired_code'],
    numbers: [70008],
    sentence: /\b(?:code|grant)\b.*\b(?:has |is |was )?expired\b|\bexpired (?:authorization )?code\b/i,
    ofCode: true,
  },
  code_used: {
    codes: ['code_already_used', 'code_used'],
    numbers: [54005],
    sentence: /\balready (?:been )?(?:used|redeemed|consumed|exchanged|spent)\b|\bcode (?:has been|was|is) revoked\b/i,
    ofCode: true,
  },
  code_of_another_client: {
    sentence:
      /\b(?:not issued to (?:this|the) client|issued to (?:another|a different) client|belongs? to (?:another|a different) client)\b|\bclient[_ ]?id mismatch\b/i,
    ofCode: true,
  },
  verifier_missing: {
    sentence:
      /\bcode[_ ]verifier\b.*\b(?:missing|required|not (?:specified|provided|present|sent)|expected)\b|\b(?:missing|requires?|without|expected)\b.*\bcode[_ ]verifier\b/i,
  },
  verifier_wrong: {
    numbers: [501481],
    sentence:
      /\bcode[_ ]verifier\b.*\b(?:invalid|incorrect|wrong|mismatch|(?:not|n['’]t) match|failed)\b|\b(?:invalid|incorrect|wrong|failed to verify|fails?)\b.*\bcode[_ ]verifier\b|\bpkce verification failed\b/i,
  },
  challenge_method: {
    sentence: /\btransform algorithm\b|\bcode[_ ]challenge[_ ]method\b/i,
  },
  client_unknown: {
    codes: ['invalid_client_id', 'unknown_client', 'client_not_found', 'bad_client_id'],
    numbers: [700016],
    sentence:
      /\b(?:unknown|no such|non-?existent) (?:oauth )?client\b|\bclient(?:[_ ]id)?\b.*\b(?:not found|(?:does|did) not exist|not (?:known|recognized|registered)|unknown)\b|\binvalid client[_ ]id\b/i,
  },
  grant_not_allowed: {
    sentence:
      /\bgrant[_ ]type\b.*\bnot (?:allowed|enabled|permitted)\b|\bclient (?:is )?not (?:allowed|enabled|authorized|permitted) (?:for|to)\b/i,
  },
  secret_expired: {
    codes: ['client_secret_expired', 'expired_client_secret'],
    numbers: [7000222],
    sentence: /\bclient[_ ]secret\b.*\bexpired\b|\bexpired client[_ ]secret\b/i,
  },
  secret_missing: {
    numbers: [7000218],
    sentence:
      /\bclient[_ ]secret\b.*\b(?:missing|required|not (?:provided|present|specified))\b|\b(?:missing|requires?|no) (?:a |the |parameter:? )?["'`]?client[_ ]secret\b|\bno client authentication\b/i,
  },
  secret_unexpected: {
    numbers: [700025],
    sentence:
      /\bpublic client\b.*\b(?:secret|credentials?|authenticat\w+)\b|\bclient is public\b|\bsecret\b.*\bpublic client\b/i,
  },
  secret_wrong: {
    codes: ['bad_client_secret', 'invalid_client_secret'],
    numbers: [7000215],
    sentence:
      /\b(?:invalid|incorrect|wrong|bad) client[_ ]secret\b|\bclient[_ ]secret\b.*\b(?:is|was) (?:invalid|incorrect|wrong|not (?:valid|correct))\b|\bclient[_ ]secret\b.*\b(?:mismatch|does(?: not|n['’]t) match)\b/i,
  },
  method_refused: {
    sentence:
      /\bunsupported (?:client )?authentication method\b|\bauthentication method\b.*\b(?:not (?:supported|allowed|permitted|registered|enabled)|mismatch)\b|\btoken_endpoint_auth_method\b/i,
  },
  pushed_request_required: {
    sentence:
      /\b(?:pushed authorization requests?|par)\b.*\b(?:required|only|must)\b|\b(?:requires?|must use)\b.*\b(?:pushed authorization|par)\b|\brequest_uri\b.*\b(?:missing|required)\b|\bmissing\b.*\brequest_uri\b/i,
  },
}

/** As much of a sentence as is read (characters). */
const longest = 500

/** What the server's codes, or else its sentence, tell alone; `undefined` if that is nothing, or several things. */
export function refusalDetail(words: ServerWords, { what }: Pick<RefusedAt, 'what'>): RefusalDetail | undefined {
  const candidates = (Object.entries(signs) as [RefusalDetail, Signs][]).filter(
    ([, { ofCode }]) => ofCode === undefined || what === 'the code',
  )
  const code = words.error?.trim().toLowerCase() ?? ''
  const numbers = [...(words.errorDescription ?? '').matchAll(/\bAADSTS(\d{5,8})\b/g)].map(([, digits]) =>
    Number(digits),
  )
  const coded = candidates.find(
    ([, sign]) => sign.codes?.includes(code) || sign.numbers?.some((number) => numbers.includes(number)),
  )
  if (coded || numbers.length > 0) return coded?.[0]
  const sentence = (words.errorDescription ?? '').slice(0, longest)
  if (namesAlternatives.test(sentence)) return undefined
  const told = candidates.filter(([, sign]) => sign.sentence?.test(sentence))
  return told.length === 1 ? told[0]?.[0] : undefined
}

/** `invalid or expired`, `is invalid, expired, revoked`: the server does not say which. */
const namesAlternatives =
  /\b(?:invalid|incorrect|wrong|unknown)(?:,| or| ?\/)\s*(?:has |was |is )?(?:expired|revoked|used|already)|\bexpired(?:,| or)\b/i
