// What a person pastes or types as a value, without what came along by accident: blanks, line ends, characters without a width,
// quotes, the header or document around it. Owns what is told of it, and where a person has to say what was meant. Pure.
import { type FoundValue, findValues, maskedValue, type SoughtKind } from './found-values.ts'

interface Rules {
  /** Blanks and quotes around it: never part of such a value, or perhaps meant. */
  around: 'left_out' | 'perhaps_meant'
  /** Within it: neither blanks nor line ends, no line ends, blanks between several values, or whatever it holds. */
  within: 'no_blanks' | 'one_line' | 'several' | 'anything'
  /** Found in what was copied around it. */
  soughtAs?: SoughtKind
}

const rules = {
  client_id: { around: 'left_out', within: 'one_line' },
  client_secret: { around: 'perhaps_meant', within: 'one_line', soughtAs: 'client_secret' },
  /** An API key or personal token. */
  key: { around: 'left_out', within: 'one_line', soughtAs: 'key' },
  username: { around: 'left_out', within: 'one_line' },
  password: { around: 'perhaps_meant', within: 'anything' },
  /** A base URL, an endpoint, a redirect URI, a resource indicator. */
  address: { around: 'left_out', within: 'no_blanks' },
  /** Several, with blanks, commas or line ends between them. */
  addresses: { around: 'left_out', within: 'several' },
  /** An id, a path, a signature, or a name that a server knows. */
  id: { around: 'left_out', within: 'one_line' },
  webhook_secret: { around: 'perhaps_meant', within: 'one_line' },
} satisfies Record<string, Rules>

export type ValueKind = keyof typeof rules

export interface UnderstoodValue {
  /** What is taken for the value: as it was pasted where one of `choices` has to be chosen. */
  value: string
  /** What was left out, or where it was found, in sentences. */
  words: string[]
  /** What it would be otherwise, where only the person knows, and what is then told. */
  otherwise: { value: string; words: string[]; because: 'perhaps_meant' | 'found_within' } | null
  /** Several that it could be. */
  choices: FoundValue[]
}

export function understandValue(kind: ValueKind, text: string): UnderstoodValue {
  const { around, within, soughtAs }: Rules = rules[kind]
  const found = soughtAs === undefined ? [] : findValues(text.replace(invisible, ''), soughtAs)
  const [only, ...others] = found
  if (only && others.length === 0) {
    const words = [`Found ${only.place}: ${maskedValue(only.value)}.`]
    return {
      value: only.value,
      words,
      otherwise: { value: text.trim(), words: [], because: 'found_within' },
      choices: [],
    }
  }
  if (only) return { value: text, words: [], otherwise: null, choices: found }
  if (within === 'several') return understandSeveral(text)
  const sure = withoutAccidents(text, within)
  const bare = unwrapped(sure.value)
  const leftOut = sentencesOf(sure.removed, 'left out')
  const kept = [...leftOut, ...sentencesOf(bare.removed, 'kept')]
  const isMeant = around === 'perhaps_meant' && bare.value !== sure.value
  return {
    value: bare.value,
    words: [...leftOut, ...sentencesOf(bare.removed, 'left out')],
    otherwise: isMeant ? { value: sure.value, words: kept, because: 'perhaps_meant' } : null,
    choices: [],
  }
}

/** Each for itself; the blanks between them are no accident. */
function understandSeveral(text: string): UnderstoodValue {
  const each = text.split(/[\s,;]+/).map((one) => understandValue('address', one))
  const words = [...new Set(each.flatMap((one) => one.words))]
  const value = each
    .map((one) => one.value)
    .filter(Boolean)
    .join(' ')
  return { value, words, otherwise: null, choices: [] }
}

/** What was left out of it, and where: `one blank at the end`. */
type Removed = string

const invisible = /\p{Cf}/gu
const lineEnds = /[\r\n\u0085\u2028\u2029]+/g

/** Takes out what can never be meant. */
function withoutAccidents(text: string, within: Rules['within']): { value: string; removed: Removed[] } {
  if (within === 'anything') {
    const value = text.replace(/^\ufeff/, '').replace(/^[\r\n]+|[\r\n]+$/g, '')
    return { value, removed: removal('line end', text.length - value.length) }
  }
  const visible = text.replace(invisible, '')
  const trimmed = visible.replace(/^[\r\n]+|[\r\n]+$/g, '')
  const breaks = trimmed.trim().match(lineEnds)?.length ?? 0
  const oneLine = trimmed.replace(lineEnds, '')
  const inner = oneLine.trim()
  const isBroken = within === 'no_blanks' && /\s/.test(inner)
  const value = isBroken ? oneLine.replace(inner, inner.replace(/\s+/g, '')) : oneLine
  return {
    value,
    removed: [
      ...removal('invisible character', text.length - visible.length),
      ...(visible === trimmed ? [] : removal('line end', 1)),
      ...removal('line break within it', breaks),
      ...(isBroken ? removal('blank within it', inner.match(/\s/g)?.length ?? 0) : []),
    ],
  }
}

const quotes = /^(?:"([^"]+)"|'([^']+)'|`([^`]+)`|“([^“”]+)”|‘([^‘’]+)’|„([^„“”]+)[“”]|«([^«»]+)»|<([^<>]+)>)$/

function unwrapped(text: string): { value: string; removed: Removed[] } {
  const value = text.trim()
  const blanks = [
    ...removal('blank at the start', text.length - text.trimStart().length),
    ...(value === '' ? [] : removal('blank at the end', text.length - text.trimEnd().length)),
  ]
  const inner = quotes
    .exec(value)
    ?.slice(1)
    .find((part) => part !== undefined)
  if (inner === undefined) return { value, removed: blanks }
  const rest = unwrapped(inner)
  if (rest.value === '') return { value, removed: blanks }
  return { value: rest.value, removed: ['the quotes around it', ...blanks, ...rest.removed] }
}

function removal(what: string, count: number): Removed[] {
  if (count <= 0) return []
  const [noun = '', ...where] = what.split(/(?= (?:at|within|character)\b)/)
  if (count === 1) return [`one ${what}`]
  const plural =
    where[0] === ' character' ? `${noun} characters${where.slice(1).join('')}` : `${noun}s${where.join('')}`
  return [`${count.toLocaleString('en')} ${plural}`]
}

function sentencesOf(removed: Removed[], done: 'left out' | 'kept'): string[] {
  return removed.map((what) => {
    const verb = what.startsWith('one ') ? 'was' : 'were'
    return `${what.charAt(0).toUpperCase()}${what.slice(1)} ${verb} ${done}.`
  })
}
