// An answer as it is shown: the beginning of its body as text, or that it is none, with all of it kept for whoever wants it.
// Known secrets are pseudonyms; the rest is as it came, and is not what was recorded.
import { longestShown } from '../../contract/request.ts'
import { isBinary, textDecoder } from '../flows/bounded-body.ts'
import type { Recording } from '../flows/recording.ts'
import { type AnswerBody, createAnswerBody } from './answer-body.ts'

export interface ShownAnswer {
  body: AnswerBody
  /** The beginning; empty for what is no text. */
  text: string
  isBinary: boolean
  /** Whether more comes, or can be had. */
  hasMore: boolean
}

/** How long (ms) the beginning is waited for: of an answer that goes on without end, what came by then is shown. */
const beginningTimeout = 30_000

export async function shownAnswer(response: Response, recording: Recording): Promise<ShownAnswer> {
  const contentType = response.headers.get('content-type')
  const { first, whole } = await peeked(response.body)
  const binary = isBinary(first, contentType)
  const shown = whole && recording.shownBody(whole, contentType, binary)
  const body = createAnswerBody(shown)
  const { bytes, ended } = await body.beginning(longestShown, beginningTimeout)
  if (binary) return { body, text: '', isBinary: true, hasMore: true }
  // What was cut within a character ends before it.
  const text = textDecoder(null).decode(bytes, { stream: !ended })
  return { body, text, isBinary: false, hasMore: !ended }
}

/** The first piece of a body, and all of it still to be read. */
async function peeked(body: ReadableStream<Uint8Array> | null) {
  if (body === null) return { first: new Uint8Array(0), whole: null }
  const reader = body.getReader()
  // The first piece tells: one that drips is not waited for until there is enough of it.
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
