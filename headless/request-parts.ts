// The headers and the body of a test request: arguments, or standard input, a file descriptor or a file, because they may
// contain a secret and every user of the machine can read arguments. If both have the same source, an empty line ends the headers.
import { wrongUsage } from './command-error.ts'
import type { Source } from './descriptor.ts'
import { readNamedFile } from './named-file.ts'
import { oneSource, type SecretInput } from './secret-input.ts'

export interface PartOptions {
  header: string[]
  headersStdin?: boolean
  headersFd?: number
  headersFile?: string
  data?: string
  dataStdin?: boolean
  dataFd?: number
  dataFile?: string
}

interface RequestParts {
  headers: [string, string][]
  body: string
}

/** Throws wrong usage for an invalid header or two bodies; the result's `read` reads what is not an argument. */
export function requestParts(options: PartOptions): { read(secrets: SecretInput): Promise<RequestParts> } {
  const { headersFile, dataFile, data } = options
  const headersFd = oneSource('headers', options.headersStdin, options.headersFd)
  const dataFd = oneSource('data', options.dataStdin, options.dataFd)
  if (headersFd !== null && headersFile !== undefined) throw wrongUsage('Choose one place for the headers.')
  if ([dataFd ?? undefined, dataFile, data].filter((place) => place !== undefined).length > 1) {
    throw wrongUsage('Choose one place for the body.')
  }
  const typed = options.header.map(parseHeader)
  return {
    async read(secrets) {
      const lines =
        headersFd === null ? await readLinesOfFile(headersFile) : await readHeaderLines(await secrets.after(headersFd))
      const body = dataFd === null ? await readText(dataFile) : await (await secrets.after(dataFd)).rest()
      return { headers: [...typed, ...lines.map(parseHeader)], body: data ?? body }
    },
  }
}

function parseHeader(text: string): [string, string] {
  const [, name, value] = /^([^:\s]+)\s*:\s*(.*)$/s.exec(text) ?? []
  if (name === undefined || value === undefined) throw wrongUsage('A header is written as “name: value”.')
  return [name, value]
}

async function readHeaderLines(source: Source): Promise<string[]> {
  const lines: string[] = []
  for (let line = await source.line(); line; line = await source.line()) lines.push(line)
  return lines
}

async function readLinesOfFile(file: string | undefined): Promise<string[]> {
  return (await readText(file))
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .filter((line) => line !== '')
}

async function readText(file: string | undefined): Promise<string> {
  return file === undefined ? '' : readNamedFile(file)
}
