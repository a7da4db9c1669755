// Bodies as text: which language they are in, and a readable form of JSON. Never runs or renders them.

export type Language = 'json' | 'html' | 'xml' | 'form' | 'text'

/** The language of a recorded body, by its content type and, where that is silent or wrong, by how it begins. */
export function languageOf(body: string, contentType: string | null): Language {
  const type = contentType?.toLowerCase() ?? ''
  if (type.includes('json')) return 'json'
  if (type.includes('x-www-form-urlencoded')) return 'form'
  const start = body.trimStart().slice(0, 40).toLowerCase()
  if (start.startsWith('{') || start.startsWith('[')) return parsed(body) === undefined ? 'text' : 'json'
  if (type.includes('html') || start.startsWith('<!doctype html') || start.startsWith('<html')) return 'html'
  if (type.includes('xml') || start.startsWith('<?xml')) return 'xml'
  return 'text'
}

/** JSON with line breaks and two spaces; anything else, and JSON that does not parse, comes back as it is. */
export function prettyText(body: string, language: Language): string {
  if (language === 'form') return body.split('&').join('\n&')
  if (language !== 'json') return body
  const value = parsed(body)
  return value === undefined ? body : JSON.stringify(value, null, 2)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
