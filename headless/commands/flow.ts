// `grantdesk flow`: one flow, shown or written to files that may be shared.
import type { Door } from '../../contract/caller.ts'
import type { FlowSummary } from '../../contract/flow/flow.ts'
import type { FlowFormat } from '../../contract/flow/flow-file.ts'
import { CommandError, unwrap } from '../command-error.ts'
import { describeDiagnosis, describeFlow } from '../flow-words.ts'
import { writeNamedFile } from '../named-file.ts'
import { note, plainLine, print, printJson } from '../output.ts'
import type { SecretOptions } from '../secret-input.ts'
import { withSession } from '../session.ts'

interface ShowOptions extends SecretOptions {
  json?: boolean
  har?: string
  html?: string
  svg?: string
  force?: boolean
}

/** Prints a flow, or writes it to the named files. */
export function showFlow(typed: string, options: ShowOptions): Promise<void> {
  return withSession(options, async ({ door }) => {
    const { id } = await flowNamed(door, typed)
    const files = fileFormats.flatMap((format) => (options[format] === undefined ? [] : [[format, options[format]]]))
    for (const [format, file] of files as [FileFormat, string][]) {
      const { text } = unwrap(await door.call('flows.export', { id, format }))
      await writeNamedFile(file, text ?? '', options.force)
      note(`Written to ${plainLine(file)}. It holds no secret.`)
    }
    if (files.length > 0 && !options.json) return
    const flow = unwrap(await door.call('flows.get', { id }))
    if (options.json) return printJson(flow)
    print(describeFlow(flow))
    for (const found of unwrap(await door.call('flows.diagnose', { id }))) print(describeDiagnosis(found))
  })
}

/** Those that an option names a file for. */
const fileFormats = ['har', 'html', 'svg'] as const satisfies readonly FlowFormat[]
type FileFormat = (typeof fileFormats)[number]

/** The flow whose id this is, or begins so. Throws CommandError. */
export async function flowNamed(door: Door, typed: string): Promise<FlowSummary> {
  const { flows } = unwrap(await door.call('flows.list', {}))
  const found = flows.find(({ id }) => id === typed)
  const beginning = typed === '' ? [] : flows.filter(({ id }) => id.startsWith(typed))
  const [first] = found ? [found] : beginning
  if (first === undefined) throw new CommandError('There is no such flow.', '“grantdesk flows” lists them.')
  if (!found && beginning.length > 1) throw new CommandError('Several flows begin so.', 'Type more of the id.')
  return first
}
