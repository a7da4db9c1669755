// Messages about wrong usage, without the values that were typed: one of them may be a secret. Names of options stay.

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

/** The typed word if it can only be the name of an option or a command; otherwise only its name part, or nothing. */
function named(typed: string): string {
  const [name, value] = /^(--[a-z]+(?:-[a-z]+)*|-[a-zA-Z]|[a-z]{1,20})(?:=(.*))?$/s.exec(typed)?.slice(1) ?? []
  if (name === undefined) return ''
  return value === undefined ? ` '${name}'` : ` '${name}=…'`
}
