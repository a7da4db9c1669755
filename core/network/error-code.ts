// The system's or Node's code of a failed request, which hides below what fetch throws.

/** The code of the innermost cause; several addresses of one name fail as one AggregateError. */
export function errorCodeIn(error: unknown): string | null {
  let found: string | null = null
  let current: unknown = error
  for (let depth = 0; depth < 6 && typeof current === 'object' && current !== null; depth++) {
    if ('code' in current && typeof current.code === 'string') found = current.code
    // Newer releases of undici leave the parser's code out.
    else if (current instanceof Error && current.name === 'HTTPParserError') found = 'HPE_INVALID'
    if (current instanceof AggregateError && current.errors.length > 0) current = current.errors[0]
    else current = 'cause' in current ? current.cause : null
  }
  return found
}
