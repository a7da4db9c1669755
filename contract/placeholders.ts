// Names in braces, such as `{slug}`, in the paths and headers of requests to an API: which there are, and what takes their
// place. One rule for the window that shows a request and the host that sends it. Pure.

/** What stands for each name; a name without a value stays as it is. */
export type PlaceholderValues = Record<string, string | null | undefined>

/** A letter, then letters, digits and underscores; braces around anything else are only braces. */
const placeholder = /\{([a-z][a-z0-9_]*)\}/gi

/** What a connection itself answers. */
export function connectionValues(connection: {
  workspace: { id: string | null; slug: string | null } | null
  account: { id: string | null } | null
}): PlaceholderValues {
  const { workspace, account } = connection
  return { slug: workspace?.slug, workspace_id: workspace?.id, account_id: account?.id }
}

/** A path with what is known in its place, each value percent-encoded as a part of the path. */
export function fillPath(path: string, values: PlaceholderValues): string {
  return fill(path, values, encodeURIComponent)
}

/** A header's value with what is known in its place, as it is. */
export function fillHeader(value: string, values: PlaceholderValues): string {
  return fill(value, values, (known) => known)
}

/** The placeholders of a text, each once, with their braces. */
export function placeholdersIn(text: string): string[] {
  return [...new Set([...text.matchAll(placeholder)].map(([whole]) => whole))]
}

function fill(text: string, values: PlaceholderValues, spell: (value: string) => string): string {
  return text.replaceAll(placeholder, (whole, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : null
    return value ? spell(value) : whole
  })
}
