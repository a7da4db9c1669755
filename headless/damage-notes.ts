// What is said of damaged records in the vault, and which of them a typed NAME means.
import { type DamagedRecord, listKind, recordsWords } from '../contract/damage.ts'
import { itemsNamed } from '../contract/named.ts'
import { CommandError } from './command-error.ts'
import { note, plainLine } from './output.ts'

/** On standard error, each with what to do; only those of some kinds where `kinds` is given. */
export function noteDamaged(damaged: DamagedRecord[], kinds?: string[]): void {
  for (const line of damageLines(damaged, kinds)) note(plainLine(line))
}

/** One line for each record, and one for the list of the records' versions with all that cannot be verified without it. */
export function damageLines(damaged: DamagedRecord[], kinds?: string[]): string[] {
  const shown = damaged.filter(({ kind }) => kinds === undefined || kinds.includes(kind))
  const unverified = shown.filter(({ problem }) => problem === 'unverified')
  const list = kinds === undefined || unverified.length > 0 ? damaged.filter(({ kind }) => kind === listKind) : []
  const others = shown.filter(({ kind, problem }) => kind !== listKind && problem !== 'unverified')
  const [first] = list
  return [
    ...(first ? [listLine(first, list.length, unverified)] : []),
    ...others.map(({ what, name, remedy }) => `Damaged: ${what} ${name}. ${remedy}`),
  ]
}

function listLine({ what, name, remedy }: DamagedRecord, parts: number, unverified: DamagedRecord[]): string {
  const which = parts === 1 ? name : `(${parts} parts)`
  const unused = unverified.length === 0 ? '' : ` Not used until then: ${recordsWords(unverified)}.`
  return `Damaged: ${what} ${which}. ${remedy}${unused}`
}

/** Secrets go with what they belong to. */
const secrets = ['tokens', 'client_secret']

/** The one damaged record that `text` means, `undefined` if there is none; throws CommandError for several. */
export function damagedNamed(damaged: DamagedRecord[], text: string): DamagedRecord | undefined {
  const named = itemsNamed(damaged, text)
  // There is one of these, without a name of its own.
  const found = named.length > 0 ? named : damaged.filter(({ what }) => what === text)
  const whole = found.filter(({ kind }) => !secrets.includes(kind))
  const [one, ...others] = whole.length > 0 ? whole : found
  if (others.length === 0) return one
  const ids = [one, ...others].map((each) => `${each?.what} ${each?.id}`).join(', ')
  throw new CommandError(`“${text}” is more than one damaged record: ${ids}.`, 'Use more of the name, or the id.')
}
