/** The first header of this name, whatever its case; `null` where there is none. */
export function headerValue(headers: readonly (readonly [string, string])[], name: string): string | null {
  const wanted = name.toLowerCase()
  return headers.find(([one]) => one.toLowerCase() === wanted)?.[1] ?? null
}
