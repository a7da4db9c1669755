// Values as they came to a command, by whatever way, without what came along by accident. Owns how the person is told, and asked
// where only they know what was meant; where nobody can be asked, a value that may be meant stays as it came.
import { maskedValue } from '../contract/found-values.ts'
import { type UnderstoodValue, understandValue, type ValueKind } from '../contract/pasted-value.ts'
import { weakSecretWords } from '../contract/weak-secret-words.ts'
import { CommandError } from './command-error.ts'
import { note, plainLine } from './output.ts'
import { canAsk } from './prompt.ts'

/** The value of a secret, told and asked about as `name`: `client secret`. Throws a CommandError where it could be several. */
export async function takeSecret(kind: ValueKind, text: string, name: string): Promise<string> {
  const value = await understood(kind, text, name)
  const { isOrdinaryText } = await import('../contract/secret-strength.ts')
  if (value !== '' && isOrdinaryText(value)) note(plainLine(weakSecretWords(name)))
  return value
}

async function understood(kind: ValueKind, text: string, name: string): Promise<string> {
  const read = understandValue(kind, text)
  if (read.choices.length > 0) return choose(read, name)
  const { value, words, otherwise } = read
  if (otherwise === null) return told(value, words, name)
  if (!canAsk())
    return otherwise.because === 'found_within'
      ? told(value, words, name)
      : told(otherwise.value, otherwise.words, name)
  const { askYes } = await import('./typed-lines.ts')
  told(value, words, name)
  if (otherwise.because === 'found_within') return (await askYes('Use it?', 'y')) ? value : otherwise.value
  return (await askYes(`Does that belong to the ${plainLine(name)}?`)) ? otherwise.value : value
}

/** The value of an argument, of which nothing around it can be meant. */
export function takeArgument(kind: 'client_id' | 'username' | 'address' | 'id', text: string, option: string): string {
  const { value, words } = understandValue(kind, text)
  return told(value, words, option)
}

function told(value: string, words: string[], name: string): string {
  if (words.length > 0) note(`${plainLine(name)}: ${plainLine(words.join(' '))}`)
  return value
}

async function choose({ choices }: UnderstoodValue, name: string): Promise<string> {
  const lines = choices.map(({ value, place }, at) => plainLine(`${at + 1}  ${maskedValue(value)}, ${place}`))
  if (!canAsk()) {
    const places = choices.map(({ place }) => place).join('; ')
    throw new CommandError(
      `Several values in it could be the ${name}: ${places}.`,
      'Give the one that is meant, alone.',
    )
  }
  note(`Several values in it could be the ${plainLine(name)}:`)
  for (const line of lines) note(line)
  const { askLine } = await import('./typed-lines.ts')
  for (;;) {
    const chosen = choices[Number(await askLine('Which one? ')) - 1]
    if (chosen) return chosen.value
    note(`Answer a number from 1 to ${choices.length}.`)
  }
}
