// Which of several things a NAME means that somebody typed: an id, a name, or the beginning of either. The one place of this
// rule, for the command line, the window and whoever else lets something be named.

export interface Named {
  id: string
  name: string
}

/** What `text` may mean: one where it is clear, several where more of it is needed, none where nothing is called so. */
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

/** One spelling for what looks the same: `é` is one character or two, as the keyboard or the server has it. */
function fold(text: string): string {
  return text.toLowerCase().normalize('NFC')
}

/** The candidates of an ambiguous name, each with what tells it from the others. */
export function candidateList(candidates: readonly (Named & { serviceName: string })[]): string {
  return candidates.map(({ id, name, serviceName }) => `${name} at ${serviceName} (${id.slice(0, 8)})`).join(', ')
}
