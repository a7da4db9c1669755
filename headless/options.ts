// Options that several commands share, and how their values are parsed.
import { type Command, InvalidArgumentError, Option } from 'commander'
import { callerSchema, historyOperationSchema, historyOutcomeSchema } from '../contract/connection.ts'
import type { ClientAuthentication } from '../contract/service.ts'
import { type KeepSettings, keepLimits } from '../contract/settings.ts'
import { endOfDay, startOfDay } from '../contract/token-end.ts'

/** Options for the vault's passphrase. */
export function withVault(command: Command): Command {
  return command
    .option('--passphrase-stdin', 'read the vault’s passphrase from standard input')
    .option('--passphrase-fd <n>', 'read the vault’s passphrase from a file descriptor', parseDescriptor)
}

/** Options for a client secret. */
export function withClientSecret(command: Command): Command {
  return command
    .option('--client-secret-stdin', 'read the client secret from standard input (after the passphrase, if that too)')
    .option('--client-secret-fd <n>', 'read the client secret from a file descriptor', parseDescriptor)
}

/** Options for a password: the person's, or the new passphrase of a vault or a backup. */
export function withPassword(command: Command): Command {
  return command
    .option('--password-stdin', 'read it from standard input (after the others)')
    .option('--password-fd <n>', 'read it from a file descriptor', parseDescriptor)
}

/** Options for the headers and the body of a test request, which may be secret and need not be arguments. */
export function withRequestParts(command: Command): Command {
  return command
    .option('-H, --header <k:v>', 'a header that is no secret; may be given several times', collect, [])
    .option(
      '--headers-stdin',
      'read headers from standard input, one a line, up to an empty one (after the passphrase)',
    )
    .option('--headers-fd <n>', 'read headers from a file descriptor', parseDescriptor)
    .option('--headers-file <file>', 'read headers from a file')
    .option('-d, --data <body>', 'the body, where it is no secret')
    .option('--data-stdin', 'read the body from standard input (after the others)')
    .option('--data-fd <n>', 'read the body from a file descriptor', parseDescriptor)
    .option('--data-file <file>', 'read the body from a file')
}

const clientAuthentications: ClientAuthentication[] = ['body', 'basic', 'basic-raw', 'none']

/** How a client authenticates at the token endpoint. */
export function clientAuthentication(words: string): Option {
  return new Option('--client-auth <method>', words).choices(clientAuthentications)
}

/** An operation of the history. */
export function operation(words: string): Option {
  return new Option('--operation <operation>', words).choices(historyOperationSchema.options)
}

/** The outcome of an entry of the history. */
export function outcome(words: string): Option {
  return new Option('--outcome <outcome>', words).choices(historyOutcomeSchema.options)
}

/** The caller of an entry of the history. */
export function caller(words: string): Option {
  return new Option('--caller <caller>', words).choices(callerSchema.options)
}

/** For an option that may be given several times. */
export function collect(value: string, before: string[]): string[] {
  return [...before, value]
}

function parseNumber(text: string, most: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (!(value <= most)) throw new InvalidArgumentError(`It must be a number from 0 to ${most}.`)
  return value
}

export const parsePort = (text: string) => parseNumber(text, 65_535)
export const parseDescriptor = (text: string) => parseNumber(text, 1_048_575)

/**
 * A day such as 2027-01-31, to its end here, a moment such as 2027-01-31T12:00Z, a number of days from now, or `never`; answers
 * milliseconds. Commander takes a `null` for no value at all.
 */
export function parseEnd(text: string): number | 'never' {
  if (text === 'never') return text
  const days = /^\d{1,5}$/.test(text) ? Date.now() + Number(text) * 86_400_000 : null
  const at = days ?? (isDay(text) ? endOfDay(text) : Date.parse(text))
  if (at === null || Number.isNaN(at))
    throw new InvalidArgumentError('It is a date such as 2027-01-31, a number of days, or never.')
  if (at <= Date.now()) throw new InvalidArgumentError('It lies in the past.')
  return at
}

const isDay = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text)

/** How long without use: whole minutes or hours such as 15m or 1h, a day at most, or `never`; returns minutes, `null` for never. */
export function parseIdle(text: string): number | null {
  if (text === 'never') return null
  const [, count, unit] = /^(\d{1,4})(m|h)$/.exec(text) ?? []
  const minutes = Number(count) * (unit === 'h' ? 60 : 1)
  if (!(minutes >= 1 && minutes <= 1440))
    throw new InvalidArgumentError('It is a time such as 5m, 15m, 30m or 1h, a day at most, or never.')
  return minutes
}

const spans: Record<string, number> = { min: 60_000, h: 3_600_000, d: 86_400_000 }

/** A day such as 2027-01-31, from its beginning here, or how long ago: `30min`, `24h`, `7d`; returns milliseconds since the epoch. */
export function parseSince(text: string): number {
  return parseMoment(text, startOfDay)
}

/** The same for an end, which includes the whole day of a date. */
export function parseUntil(text: string): number {
  return parseMoment(text, endOfDay)
}

function parseMoment(text: string, momentOf: typeof startOfDay): number {
  const [, count, unit = ''] = /^(\d{1,5})(min|h|d)$/.exec(text) ?? []
  const named = isDay(text) ? momentOf(text) : Date.parse(text)
  const at = count === undefined ? named : Date.now() - Number(count) * (spans[unit] ?? 0)
  if (at === null || Number.isNaN(at))
    throw new InvalidArgumentError('It is a date such as 2027-01-31, or 30min, 24h, 7d.')
  return at
}

/** A limit of what is kept. */
export function kept(flags: string, words: string, name: keyof KeepSettings): Option {
  const { fewest, most } = keepLimits[name]
  return new Option(flags, `${words}, at least ${fewest}`).argParser((text: string) => {
    const count = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
    if (!(count >= fewest && count <= most))
      throw new InvalidArgumentError(`It must be a whole number from ${fewest} to ${most}.`)
    return count
  })
}
