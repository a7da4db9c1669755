// Recovers the answers to a grant's inputs from an earlier connection, where they became scopes and whom the tokens act as.
import type { Grant } from './service.ts'

/** The `{value}` in a text made from `template`; `null` if it does not match. */
function valueIn(template: string | undefined, text: string): string | null {
  const [before, after] = template?.split('{value}') ?? []
  if (before === undefined || after === undefined) return null
  const fits = text.length > before.length + after.length && text.startsWith(before) && text.endsWith(after)
  return fits ? text.slice(before.length, text.length - after.length) : null
}

/** The answers that can be recovered from a connection, and its scopes without those made from answers. */
export function answersFrom(grant: Grant | undefined, { actsAs, scopes }: { actsAs: string | null; scopes: string[] }) {
  const answers: Record<string, string> = {}
  const inputs = grant?.inputs ?? []
  for (const input of inputs) {
    const told = scopes.map((scope) => valueIn(input.scope, scope)).find((value) => value !== null)
    const value = told ?? valueIn(input.actsAs, actsAs ?? '')
    if (value !== null) answers[input.id] = value
  }
  const made = (scope: string) => inputs.some((input) => valueIn(input.scope, scope) !== null)
  return { answers, scopes: scopes.filter((scope) => !made(scope)) }
}
