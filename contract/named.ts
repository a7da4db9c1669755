// Which item a typed NAME means: by id, by name, or by the beginning of either. The only place with this rule, for the
// command line and the window.

export interface Named {
  id: string
  name: string
}

/** The items that `text` may mean: several if it is ambiguous. */
export function itemsNamed<Item extends Named>(items: readonly Item[], text: string): Item[] {
  const wanted = fold(text)
  const rules: ((item: Named) => boolean)[] = [
    ({ id }) => id === text,
    ({ name }) => name === text,
    ({ name }) => fold(name) === wanted,
    ({ id, name }) => text !== '' && (id.startsWith(text) || fold(name).startsWith(wanted)),
  ]
  for (const rule of rules) {
    const found = items.filter(rule)
    if (found.length > 0) return found
  }
  return []
}

/** Normalized for comparing: `é` may be one code point or two. */
function fold(text: string): string {
  return text.toLowerCase().normalize('NFC')
}

/** The candidates for an ambiguous name, each with what distinguishes it. */
export function candidateList(candidates: readonly (Named & { serviceName: string })[]): string {
  return candidates.map(({ id, name, serviceName }) => `${name} at ${serviceName} (${id.slice(0, 8)})`).join(', ')
}
