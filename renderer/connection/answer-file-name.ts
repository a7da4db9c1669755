// What the body of an answer is called as a file: the last part of the path, with an ending that says what it is.
import type { RequestResult } from '../../contract/request.ts'

const endings: Record<RequestResult['format'], string> = {
  json: 'json',
  html: 'html',
  xml: 'xml',
  text: 'txt',
  binary: 'bin',
  empty: 'txt',
}

/** Made of letters, digits, dots, dashes and underscores alone: the path is the server's and the person's to choose. */
export function answerFileName({ url, format }: Pick<RequestResult, 'url' | 'format'>): string {
  const path = url.split(/[?#]/)[0] ?? ''
  const last = path.split('/').findLast((part) => part !== '') ?? ''
  const plain =
    last
      .replace(/[^\w.-]+/g, '_')
      .replace(/^[._]+/, '')
      .slice(0, 80) || 'answer'
  return /\.\w{1,5}$/.test(plain) ? plain : `${plain}.${endings[format]}`
}
