// What a person is told of a secret that is too weak to be hidden in every text. Apart from the rule that finds it, whose list of
// words is long. Pure.

/** Of the one that `name` names: “client secret”. */
export function weakSecretWords(name: string): string {
  return `This ${name} is short or an ordinary word: flows hide it where secrets stand, but not in other texts.`
}

/** Of all that are marked as weak in a list. */
export const weakSecretsNote =
  'A weak secret is short or an ordinary word: flows hide it where secrets stand, but not in other texts.'
