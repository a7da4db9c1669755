// Placeholders such as `{slug}` in the paths and headers of API requests: finding and filling them. One rule for the window
// that shows a request and the host that sends it. Pure.

/** A value for each name; placeholders without a value stay as they are. */
export type PlaceholderValues = Record<string, string | null | undefined>

/** A letter, then letters, digits and underscores; braces around anything else are literal. */
const placeholder = /\{([a-z][a-z0-9_]*)\}/gi

/** The values that a connection provides. */
export function connectionValues(connection: {
  workspace: { id: string | null; slug: string | null } | null
  account: { id: string | null } | null
  /** What the token response or the redirect brought along, by name. */
  kept: Record<string, string>
}): PlaceholderValues {
  const { workspace, account, kept } = connection
  return { ...kept, slug: workspace?.slug, workspace_id: workspace?.id, account_id: account?.id }
}

/** Fills a path's placeholders, each value percent-encoded. */
export function fillPath(path: string, values: PlaceholderValues): string {
  return fill(path, values, encodeURIComponent)
}

/** Fills a header's placeholders, values as they are. */
export function fillHeader(value: string, values: PlaceholderValues): string {
  return fill(value, values, (known) => known)
}

/** The distinct placeholders in a text, with their braces. */
export function placeholdersIn(text: string): string[] {
  return [...new Set([...text.matchAll(placeholder)].map(([whole]) => whole))]
}

function fill(text: string, values: PlaceholderValues, spell: (value: string) => string): string {
  return text.replaceAll(placeholder, (whole, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : null
    return value ? spell(value) : whole
  })
}
