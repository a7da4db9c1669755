// The addresses in the text of a service's description, without what was copied along with them. Pure; the host alone judges
// what a description may say.
import { understandValue } from './pasted-value.ts'

/** The text as it came where nothing was left out; `words` name the member and what. */
export function tidyDescription(text: string): { text: string; words: string[] } {
  const words: string[] = []

  function tidy(value: unknown, path: string): unknown {
    if (typeof value === 'string') return tidyText(value, path)
    if (typeof value !== 'object' || value === null) return value
    const member = (name: string) => (path === '' ? name : `${path}.${name}`)
    if (Array.isArray(value)) return value.map((item, at) => tidy(item, member(String(at))))
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, tidy(item, member(name))]))
  }
  function tidyText(value: string, path: string): string {
    const bare = understandValue('address', value)
    // A sentence may begin with an address.
    const isAddress = /^(?:https?:\/\/|\{base\})/i.test(bare.value) && !/\S\s+\S/.test(value)
    if (!isAddress || bare.words.length === 0) return value
    words.push(`${path}: ${bare.words.join(' ')}`)
    return bare.value
  }

  try {
    const tidied = tidy(JSON.parse(text.replace(/^\ufeff/, '')), '')
    return words.length === 0 ? { text, words } : { text: JSON.stringify(tidied), words }
  } catch {
    return { text, words: [] }
  }
}
