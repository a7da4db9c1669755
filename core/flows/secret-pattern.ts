// Patterns that find a secret in any encoding: raw, percent-encoded (once or twice, in either case), form-encoded, JSON-escaped,
// HTML-escaped, or inside base64 at any offset. Each character may be encoded differently, because servers escape different
// sets of characters.

/** A longer secret is found by its first characters, because its pattern would be too large for the engine. */
export const longestPattern = 256
const shortestBase64 = 8

const namedEntities: Record<string, string> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' }
const shortEscapes: Record<string, string> = { '\n': 'n', '\r': 'r', '\t': 't', '\b': 'b', '\f': 'f' }

/** The source of a regular expression, without capturing groups, that matches `secret` in any encoding. */
export function patternSource(secret: string): string {
  if (secret.length > longestPattern) {
    // Also matches following characters that can only belong to a token, in any escaping.
    return `${spelledSource(secret.slice(0, longestPattern))}(?:[^\\s"'<>&\\\\]|\\\\+[/u])*`
  }
  return [spelledSource(secret), ...base64Cores(secret).map(base64Source)].join('|')
}

/** As `application/x-www-form-urlencoded` spells it, but a blank as `%20`: servers that decode percents alone read it, too. */
export function credentialEncode(text: string): string {
  return formEncode(text).replaceAll('+', '%20')
}

/** As `application/x-www-form-urlencoded` spells it. */
function formEncode(text: string): string {
  // Most tokens are of these characters alone, which stay as they are.
  if (/^[\w.*-]*$/.test(text)) return text
  return new URLSearchParams([['', text]]).toString().slice(1)
}

/** The usual encodings as plain texts, longest first; used if a pattern would be too large or too slow. */
export function plainSpellings(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1)
  const percent = encodeURIComponent(secret.toWellFormed())
  const spellings = [secret, json, json.replaceAll('/', '\\/'), percent, formEncode(secret), ...base64Cores(secret)]
  return [...new Set(spellings)].sort((a, b) => b.length - a.length)
}

/**
 * Parts of the secret of which every text that contains it, in any encoding, contains at least one: letters and digits are not
 * escaped. Searching for them is thousands of times cheaper than using the pattern.
 */
export function piecesOf(secret: string): string[] {
  return [secret.slice(0, longestPattern), ...base64Cores(secret)].map((spelling) =>
    spelling.split(/[^A-Za-z0-9]+/).reduce((longest, one) => (one.length > longest.length ? one : longest)),
  )
}

const longestPeriod = 8
const longestRepetition = 24

/**
 * Whether part of the secret repeats itself. In a text that repeats the same part, most of the pattern would match at every
 * position, which costs the text's length times the secret's.
 */
export function isRepetitive(secret: string): boolean {
  const looked = secret.slice(0, longestPattern)
  for (let period = 1; period <= longestPeriod; period++) {
    let run = 0
    for (let at = period; at < looked.length; at++) {
      run = looked[at] === looked[at - period] ? run + 1 : 0
      if (run >= longestRepetition) return true
    }
  }
  return false
}

function spelledSource(secret: string): string {
  // A run of backslashes is doubled as a whole or not at all; single backslashes would make the pattern ambiguous.
  return secret.replace(/\\+|[\ud800-\udbff][\udc00-\udfff]|[\s\S]/g, (piece) => {
    if (piece.startsWith('\\')) return backslashes(piece.length)
    return /^[A-Za-z0-9]$/.test(piece) ? piece : characterSource(piece)
  })
}

// The characters of an escape may be percent-encoded themselves, for example in JSON in a query.
const backslash = '(?:\\\\|%(?:25)?5[cC])'
const ampersand = '(?:&|%(?:25)?26)'
const hash = '(?:#|%(?:25)?23)'
const semicolon = '(?:;|%(?:25)?3[bB])'

function backslashes(count: number): string {
  return `(?:${backslash}{${count * 4}}|${backslash}{${count * 2}}|${backslash}{${count}})`
}

function characterSource(character: string): string {
  const codePoint = character.codePointAt(0) ?? 0
  const spellings = [percentSource(character), unicodeSource(character)]
  const number = `(?:0*${codePoint}|[xX]0*${caseless(codePoint.toString(16))})`
  spellings.push(`${ampersand}${hash}${number}${semicolon}`)
  const entity = namedEntities[character]
  if (entity) spellings.push(`${ampersand}${entity}${semicolon}`)
  const short = shortEscapes[character]
  if (short) spellings.push(`${backslash}{1,4}${short}`)
  if (character === ' ') spellings.push('\\+')
  // The literal character comes last: `%` and `&` begin their own escapes, of which the rest would be left over otherwise.
  spellings.push(literal(character))
  const spelled = `(?:${spellings.join('|')})`
  return character === '"' || character === '/' ? `(?:${backslash}{1,7})?${spelled}` : spelled
}

function percentSource(character: string): string {
  return [...new TextEncoder().encode(character)].map((byte) => `%(?:25)?${caseless(hex(byte, 2))}`).join('')
}

function unicodeSource(character: string): string {
  return character.replace(/[\s\S]/g, (unit) => `${backslash}{1,4}u${caseless(hex(unit.charCodeAt(0), 4))}`)
}

function hex(value: number, width: number): string {
  return value.toString(16).padStart(width, '0')
}

function caseless(digits: string): string {
  return digits.replace(/[a-f]/g, (letter) => `[${letter}${letter.toUpperCase()}]`)
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}

/**
 * The base64 characters that these bytes always result in, for each of the three offsets at which they can begin. With HTTP
 * Basic the secret may have been form-encoded first.
 */
function base64Cores(secret: string): string[] {
  const cores = new Set<string>()
  for (const spelling of new Set([secret, formEncode(secret), credentialEncode(secret)])) {
    const bytes = Buffer.from(spelling, 'utf8')
    for (const offset of [0, 1, 2]) {
      const encoded = Buffer.concat([Buffer.alloc(offset), bytes])
        .toString('base64')
        .replace(/=+$/, '')
      const partial = (offset + bytes.length) % 3 === 0 ? 0 : 1
      const core = encoded.slice(offset === 0 ? 0 : offset + 1, encoded.length - partial)
      if (core.length >= shortestBase64) cores.add(core)
    }
  }
  return [...cores]
}

function base64Source(core: string): string {
  return core.replace(/[+/]/g, (letter) => (letter === '+' ? '(?:[+-]|%2[bB])' : '(?:\\\\?[/]|_|%2[fF])'))
}
