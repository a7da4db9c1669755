// A delivery that the person pasted: its headers as text, and its body.
import { invalid } from '../problem.ts'
import type { HeaderList } from './received.ts'

/** A line such as `POST /hooks HTTP/1.1` or `HTTP/1.1 200 OK` may stand before the headers. */
const startLine = /^(?:[A-Z]+ \S+ HTTP\/\d|HTTP\/\d)/
const header = /^"?([!#$%&'*+\-.^_`|~0-9A-Za-z]+)"?\s*:\s*(.*)$/

/** One header a line, `Name: value`, or as members of a JSON object. Throws `invalid_input` for a line that is none. */
export function parseHeaders(text: string): HeaderList {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && line !== '{' && line !== '}' && !startLine.test(line))
    .map((line): [string, string] => {
      const [, name, value] = header.exec(line) ?? []
      if (name === undefined || value === undefined) {
        throw invalid('headers', 'A line is no header.', 'Paste them one a line: Name: value.')
      }
      return [name, unquoted(value)]
    })
}

/** `"value",` as in JSON becomes its content. */
function unquoted(value: string): string {
  return /^"(.*)",?$/.exec(value)?.[1] ?? value
}

/** The bodies that may be meant, the likeliest first: a line end at the end is often pasted along. */
export function pastedBodies(text: string): Buffer[] {
  const bare = text.replace(/\r?\n$/, '')
  return [text, ...(bare === text ? [] : [bare])].map((one) => Buffer.from(one, 'utf8'))
}
