/** A text by its name in a recorded body that is a JSON object; `null` where there is none. */
export function jsonMember(body: string, name: string): string | null {
  const value = jsonMembers(body)[name]
  return typeof value === 'string' ? value : null
}

/** The members of a recorded body that is a JSON object; none where it is anything else. */
export function jsonMembers(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body)
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
