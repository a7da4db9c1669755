// What the command palette offers, and which of it a text finds. Pure.

export interface PaletteEntry {
  id: string
  group: 'Connections' | 'Go to' | 'Do'
  label: string
  /** A few dim words beside the label. */
  aside?: string
  /** More words by which it is found. */
  words?: string
  run(): void
}

/** How well an entry fits `text`: 0 not at all; more is better. Words may be anywhere; beginnings count more. */
export function fits(entry: Pick<PaletteEntry, 'label' | 'aside' | 'words'>, text: string): number {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return 1
  const label = entry.label.toLowerCase()
  const all = `${label} ${entry.aside ?? ''} ${entry.words ?? ''}`.toLowerCase()
  if (!words.every((word) => all.includes(word))) return 0
  const first = words[0] ?? ''
  if (label.startsWith(first)) return 4
  if (label.split(/\W+/).some((part) => part.startsWith(first))) return 3
  return label.includes(first) ? 2 : 1
}

/** The entries that fit, the best first, at most `most`; equal ones keep their order. */
export function findEntries(entries: PaletteEntry[], text: string, most = 12): PaletteEntry[] {
  return entries
    .map((entry) => ({ entry, fit: fits(entry, text) }))
    .filter(({ fit }) => fit > 0)
    .toSorted((one, other) => other.fit - one.fit)
    .slice(0, most)
    .map(({ entry }) => entry)
}
