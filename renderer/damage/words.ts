// Names damaged records in a sentence. Pure.
import { countWords } from '../kit/format.ts'

/** So many are named; the rest are counted. */
const most = 3

/** “tokens of the connection ada, client Desk and 2 others”. */
export function recordsWords(records: { what: string; name: string }[]): string {
  const named = records.slice(0, most).map(({ what, name }) => `${what} ${name}`)
  const others = records.length - named.length
  return others > 0 ? `${named.join(', ')} and ${countWords(others, 'other')}` : named.join(', ')
}
