// What an imported file held: the flows that were made of it, and what could not be read.
import { z } from 'zod'
import { lazyObject } from '../lazy-schema.ts'
import { flowSummarySchema } from './flow.ts'

/** The largest piece of a file that is sent at once (bytes). */
export const longestPiece = 512 * 1024

export const flowImportSchema = lazyObject(() => ({
  /** `grantdesk`: flows that Grantdesk exported. `har`: an HTTP Archive of another program. */
  kind: z.enum(['har', 'grantdesk']),
  /** The program that recorded it, in its own words. */
  creator: z.string().nullable(),
  /** Those that are stored now, in their order in the file. */
  flows: z.array(flowSummarySchema),
  /** The messages in the archive. */
  entries: z.number().int(),
  /** What has to do with OAuth, or is a part of an exported flow, but is not in a flow: there is too much of it. */
  leftOut: z.number().int(),
  /** Events of exported flows that could not be read. */
  missing: z.number().int(),
  /** Whether the archive has neither Authorization headers nor cookies, as developer tools leave them out. */
  withoutCredentials: z.boolean(),
  /** Where the file is damaged or cut: what stands before was read. `at` is a character. */
  fault: z.object({ kind: z.enum(['syntax', 'too_deep', 'ended_early']), at: z.number().int() }).nullable(),
}))
export type FlowImport = z.infer<typeof flowImportSchema>

const faults: Record<NonNullable<FlowImport['fault']>['kind'], string> = {
  ended_early: 'The file is cut off: what stands before its end was read.',
  syntax: 'The file is damaged: what stands before that was read',
  too_deep: 'The file is nested too deeply: what stands before that was read',
}

/** What there is to say of it besides its flows, a sentence each. */
export function flowImportWords({
  kind,
  flows,
  entries,
  leftOut,
  missing,
  withoutCredentials,
  fault,
}: FlowImport): string[] {
  const isArchive = kind === 'har'
  const where = fault?.kind === 'ended_early' ? '' : ` (character ${fault?.at.toLocaleString('en')}).`
  return [
    ...(isArchive && flows.length === 0 ? [`No OAuth login is in it, among ${counted(entries, 'request')}.`] : []),
    ...(fault ? [faults[fault.kind] + where] : []),
    ...(isArchive && withoutCredentials && entries > 0
      ? [
          'It has no Authorization headers and no cookies: developer tools leave them out unless you export with sensitive data.',
        ]
      : []),
    ...(leftOut > 0
      ? [`${counted(leftOut, isArchive ? 'more OAuth message' : 'more part')} left out: there are too many.`]
      : []),
    ...(missing > 0 ? [`${counted(missing, 'event')} could not be read.`] : []),
  ]
}

function counted(count: number, what: string): string {
  return `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`
}
