// Whether a secret can be told from ordinary text. One that cannot is hidden where secrets stand, and nowhere else: replaced in
// every text it would spoil words, and the gap would give it away.
import { ordinaryWords } from './ordinary-words.ts'

/** A shorter secret occurs in other texts by chance. */
const shortest = 6
/** A longer number is no date, time, id or amount. */
const longestNumber = 10
/** A secret of fewer different characters, unless it is long, is a placeholder. */
const fewestCharacters = 4
const longestPlaceholder = 12
/** More words in a row are a passphrase, which no text holds by chance; an error code may have more. */
const mostWords = 2
const mostWordsOfCode = 4

/** Whether a secret is too short or too common to be hidden in every text. */
export function isOrdinaryText(secret: string): boolean {
  const text = secret.trim()
  if (text.length < shortest) return true
  if (/^\d+$/.test(text)) return text.length <= longestNumber
  if (text.length < longestPlaceholder && new Set(text).size < fewestCharacters) return true
  // No word has digits beside letters; most tokens do.
  if (/[a-z]\d|\d[a-z]/i.test(text)) return false
  const words = wordsIn(text)
  const most = /^[a-z_]+$/.test(text) ? mostWordsOfCode : mostWords
  return words.length <= most && words.every(isWord)
}

/** Whether the beginning of a secret, at the end of a text that was cut, is rather a word or two of that text. */
export function beginsAsWords(text: string): boolean {
  const words = wordsIn(text)
  const last = words.at(-1)
  if (last === undefined || words.length > mostWords) return false
  return words.slice(0, -1).every(isWord) && (isWord(last) || beginsWord(last))
}

function wordsIn(text: string): string[] {
  const apart = text.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()
  return apart.split(/[\s_\-.,:;/+]+/).filter((word) => word !== '')
}

function isWord(word: string): boolean {
  return ordinaryWords().has(word) || /^\d{1,4}$/.test(word)
}

function beginsWord(start: string): boolean {
  for (const word of ordinaryWords()) if (word.startsWith(start)) return true
  return false
}
