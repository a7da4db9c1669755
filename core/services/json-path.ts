// Reads a text out of a JSON answer by the dotted paths of a service's description.

function follow(value: unknown, path: string): unknown {
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

/** The first path that leads to a text or a number; `a+b` joins two texts by a blank. */
export function pickText(value: unknown, paths: string[]): string | null {
  for (const path of paths) {
    const parts = path.split('+').map((part) => asText(follow(value, part)))
    const text = parts.filter((part) => part !== null).join(' ')
    if (text) return text
  }
  return null
}

/** The first path that leads to a list of texts, or to one text of words. */
export function pickList(value: unknown, paths: string[]): string[] | null {
  for (const path of paths) {
    const found = follow(value, path)
    if (Array.isArray(found)) return found.filter((item) => typeof item === 'string')
    if (typeof found === 'string') return wordsOf(found)
  }
  return null
}

/** The words of a text, separated by blanks or commas. */
export function wordsOf(text: string): string[] {
  return text.split(/[\s,]+/).filter(Boolean)
}

/** The items of a list, or the answer itself where no list is found at the path. */
export function pickItems(value: unknown, path: string): unknown[] {
  const found = path === '' ? value : follow(value, path)
  if (Array.isArray(found)) return found
  return found === undefined || found === null ? [] : [found]
}
