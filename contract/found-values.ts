// Finds a key or secret in what was copied around it: a header, an assignment, a curl command, an address, a JSON document. Pure.

export interface FoundValue {
  value: string
  /** Where it stood: `in the header “X-Api-Key” of the curl command`. */
  place: string
}

/** By the end of its name, letters and digits alone, such a member, header or parameter holds what is looked for. */
const endings = {
  key: ['token', 'key', 'secret', 'authorization', 'password', 'bearer'],
  client_secret: ['secret'],
} as const

export type SoughtKind = keyof typeof endings

/** What could be meant, first what stands first; nothing where the text is no more than the value itself. */
export function findValues(text: string, sought: SoughtKind): FoundValue[] {
  const isNamed = (name: string) => {
    const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '')
    return plain !== 'publickey' && endings[sought].some((ending) => plain.endsWith(ending))
  }
  const json = parsedJson(text)
  const found = json
    ? inJson(json, isNamed)
    : /^\s*(?:\$\s+)?curl(?:\.exe)?\s/i.test(text)
      ? inCurl(shellWords(text), isNamed)
      : [...inLines(text, isNamed), ...inAddress(text.trim(), isNamed, '')]
  const all = found.length > 0 || sought !== 'key' ? found : afterScheme(text)
  const plausible = all.filter(({ value }) => /^[^\s$<{%][^\s]{3,}$/.test(value) && /[\p{L}\p{N}]/u.test(value))
  return plausible.filter((one, at) => plausible.findIndex(({ value }) => value === one.value) === at)
}

/** A value that can be told from another one, and not used: at most a third of it. */
export function maskedValue(value: string): string {
  const shown = Math.min(4, Math.floor(value.length / 6))
  const ends = shown === 0 ? '••••' : `${value.slice(0, shown)}…${value.slice(-shown)}`
  return `${ends}, ${value.length.toLocaleString('en')} characters`
}

type IsNamed = (name: string) => boolean

function parsedJson(text: string): object | null {
  if (!/^\s*[[{]/.test(text)) return null
  try {
    const parsed: unknown = JSON.parse(text)
    return typeof parsed === 'object' ? parsed : null
  } catch {
    return null
  }
}

function inJson(json: object, isNamed: IsNamed): FoundValue[] {
  return Object.entries(json).flatMap(([name, member]: [string, unknown]): FoundValue[] => {
    if (typeof member === 'object' && member !== null) return inJson(member, isNamed)
    if (typeof member !== 'string' || !isNamed(name)) return []
    return [{ value: withoutScheme(member), place: `as “${name}” in the JSON` }]
  })
}

/** The words of a command as a shell would part them; a backslash or caret at the end of a line continues it. */
function shellWords(text: string): string[] {
  const joined = text.replace(/[\\^]\r?\n/g, ' ')
  const words = joined.matchAll(/(?:\$?'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\\.|[^\s'"\\])+/gs)
  const part = /\$?'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|\\(.)|([^'"\\]+)/gs
  return [...words].map(([word]) =>
    word.replace(part, (_, single, double, escaped, plain) =>
      (single ?? double ?? escaped ?? plain ?? '').replace(/\\(["\\$`])/g, '$1'),
    ),
  )
}

function inCurl(words: string[], isNamed: IsNamed): FoundValue[] {
  const of = ' of the curl command'
  return words.flatMap((word, at): FoundValue[] => {
    const [, option, attached] =
      /^(-[Hu]|--(?:header|user|oauth2-bearer|data(?:-\w+)?|form)=?|-[dF])(.*)$/s.exec(word) ?? []
    const content = attached || words[at + 1] || ''
    if (option === undefined) return /^https?:\/\//i.test(word) ? inAddress(word, isNamed, of) : []
    if (/^(-H|--header)/.test(option)) return inHeader(content, isNamed, of)
    if (/^(-u|--user)/.test(option)) return [{ value: ofUser(content), place: `after ${option.replace('=', '')}${of}` }]
    if (option.startsWith('--oauth2')) return [{ value: content, place: `after --oauth2-bearer${of}` }]
    const json = parsedJson(content)
    return json ? inJson(json, isNamed) : inAddress(`?${content}`, isNamed, of)
  })
}

/** The password of `user:password`; the user where a key stands in its place. */
function ofUser(text: string): string {
  const at = text.indexOf(':')
  return text.slice(at + 1) || text.slice(0, Math.max(at, 0))
}

function inHeader(line: string, isNamed: IsNamed, of: string): FoundValue[] {
  const [, name = '', value = ''] = /^\s*["']?([A-Za-z][\w-]{0,60})["']?\s*:\s*(.+)$/s.exec(line) ?? []
  if (!isNamed(name)) return []
  return [{ value: withoutScheme(unquoted(value)), place: `in the header “${name}”${of}` }]
}

function inLines(text: string, isNamed: IsNamed): FoundValue[] {
  return text.split(/[\r\n]+/).flatMap((line) => {
    const [, name = '', value = ''] =
      /^\s*(?:export\s+|set\s+|\$env:|--)?([A-Za-z_][\w.-]{0,60})\s*=\s*(.+)$/i.exec(line) ?? []
    if (isNamed(name) && !value.includes('&')) return [{ value: unquoted(value), place: `as “${name}”` }]
    return inHeader(line, isNamed, '')
  })
}

/** The parameters of an address or a form. */
function inAddress(text: string, isNamed: IsNamed, of: string): FoundValue[] {
  const query =
    /^(?:https?:\/\/\S*?|[\w.-]+=\S*&\S*|)\?(\S+)$/i.exec(text)?.[1] ??
    (/^[\w.-]+=[^\s&]*(?:&[\w.-]+=[^\s&]*)+$/.test(text) ? text : '')
  const named = [...new URLSearchParams(query)].filter(([name]) => isNamed(name))
  return named.map(([name, value]) => ({ value, place: `as the parameter “${name}”${of}` }))
}

function afterScheme(text: string): FoundValue[] {
  const alone = /^\s*(bearer|token|basic)\s+(\S+)\s*$/i.exec(text)
  if (alone) return [{ value: withoutScheme(`${alone[1]} ${alone[2]}`), place: `after “${alone[1]}”` }]
  if (!/\s/.test(text.trim())) return []
  return [...text.matchAll(/\bbearer\s+([\w.~+/-]{8,}=*)/gi)].map(([, value = '']) => ({
    value,
    place: 'after “Bearer”',
  }))
}

/** @see https://www.rfc-editor.org/rfc/rfc7617#section-2 */
function withoutScheme(value: string): string {
  const [, scheme = '', rest = ''] = /^\s*(bearer|token|basic)\s+(\S+)\s*$/i.exec(value) ?? []
  if (rest === '') return value.trim()
  if (scheme.toLowerCase() !== 'basic') return rest
  try {
    return ofUser(atob(rest)) || rest
  } catch {
    return rest
  }
}

function unquoted(text: string): string {
  return text
    .trim()
    .replace(/[,;]$/, '')
    .replace(/^(["'`])(.*)\1?$/s, '$2')
    .replace(/["'`]$/, '')
}
