// A response as it is shown: the beginning of its body, if that is text, and the whole body to be saved. Known secrets are replaced
// by pseudonyms; everything else is as it came.
import { longestShown } from '../../contract/request.ts'
import { isBinary, textDecoder } from '../flows/bounded-body.ts'
import type { Recording } from '../flows/recording.ts'
import { type AnswerBody, createAnswerBody } from './answer-body.ts'

export interface ShownAnswer {
  body: AnswerBody
  /** The beginning; empty if the body is binary. */
  text: string
  isBinary: boolean
  /** Whether there is more than the text. */
  hasMore: boolean
}

/** How long to wait for the beginning (ms); of an endless response, what arrived by then is shown. */
const beginningTimeout = 30_000

export async function shownAnswer(response: Response, recording: Recording): Promise<ShownAnswer> {
  const contentType = response.headers.get('content-type')
  const { first, whole } = await peeked(response.body)
  const binary = isBinary(first, contentType)
  const shown = whole && recording.shownBody(whole, contentType, binary)
  const body = createAnswerBody(shown)
  const { bytes, ended } = await body.beginning(longestShown, beginningTimeout)
  if (binary) return { body, text: '', isBinary: true, hasMore: true }
  // A character that was cut off is left out.
  const text = textDecoder(null).decode(bytes, { stream: !ended })
  return { body, text, isBinary: false, hasMore: !ended }
}

/** The first piece of a body, and the whole body to be read. */
async function peeked(body: ReadableStream<Uint8Array> | null) {
  if (body === null) return { first: new Uint8Array(0), whole: null }
  const reader = body.getReader()
  // Only the first piece, because a slow body is not awaited.
  const { done: ended, value: first = new Uint8Array(0) } = await reader.read()
  const chunks: Uint8Array[] = ended ? [] : [first]
  const whole = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const chunk = chunks.shift()
        if (chunk) return controller.enqueue(chunk)
        const { done, value } = ended ? { done: true, value: undefined } : await reader.read()
        if (done || value === undefined) controller.close()
        else controller.enqueue(value)
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  )
  return { first, whole }
}
