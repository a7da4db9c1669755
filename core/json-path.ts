// Parses JSON, and reads values from it, in a response by the dotted paths of a service's description.

/** Parses JSON, with or without a byte order mark; `undefined` if it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    return undefined
  }
}

/** Whether a value is an object with members, not a list. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value at a dotted path; `undefined` if there is none. */
export function valueAt(value: unknown, path: string): unknown {
  let current = value
  for (const key of path.split('.')) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key)) return undefined
    current = (current as Record<string, unknown>)[key]
  }
  return current
}

function asText(value: unknown): string | null {
  if (typeof value === 'string') return value.trim() || null
  return typeof value === 'number' ? String(value) : null
}

/** The value at the first path with a text or number; `a+b` joins two texts with a space. */
export function pickText(value: unknown, paths: string[]): string | null {
  for (const path of paths) {
    const parts = path.split('+').map((part) => asText(valueAt(value, part)))
    const text = parts.filter((part) => part !== null).join(' ')
    if (text) return text
  }
  return null
}

/** The value at the first path with a list of texts, or with one text of several words. */
export function pickList(value: unknown, paths: string[]): string[] | null {
  for (const path of paths) {
    const found = valueAt(value, path)
    if (Array.isArray(found)) return found.filter((item) => typeof item === 'string')
    if (typeof found === 'string') return wordsOf(found)
  }
  return null
}

/** The words of a text, separated by spaces or commas. */
export function wordsOf(text: string): string[] {
  return text.split(/[\s,]+/).filter(Boolean)
}

/** The items of the list at the path, or the response itself if there is no list. */
export function pickItems(value: unknown, path: string): unknown[] {
  const found = path === '' ? value : valueAt(value, path)
  if (Array.isArray(found)) return found
  return found === undefined || found === null ? [] : [found]
}
