// What is said of a command written wrongly. A secret given as an argument all the same must not be repeated on the screen,
// and nobody can tell a secret from a typing error: so values are left out of every sentence, names of options stay.

/** Commander's error `text` without what the person typed as a value. */
export function withoutValues(text: string): string {
  return text
    .replace(/( argument) '.*' (is invalid\.)/s, '$1 $2')
    .replace(/(command-argument value) '.*' (is invalid for argument)/s, '$1 $2')
    .replace(/(too many arguments.*? but got \d+): .*$/s, '$1.\n')
    .replace(
      /(unknown (?:option|command)) '(.*)'(?=\n\(Did you mean|\s*$)/s,
      (_, what: string, typed: string) => `${what}${named(typed)}`,
    )
}

/** What can only be the name of an option or a command is repeated; of anything else the name alone, or nothing. */
function named(typed: string): string {
  const [name, value] = /^(--[a-z]+(?:-[a-z]+)*|-[a-zA-Z]|[a-z]{1,20})(?:=(.*))?$/s.exec(typed)?.slice(1) ?? []
  if (name === undefined) return ''
  return value === undefined ? ` '${name}'` : ` '${name}=…'`
}
