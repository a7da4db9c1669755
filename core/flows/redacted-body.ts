// Removes known secrets from a body that arrives in pieces, as text or as bytes.
import { textDecoder } from './bounded-body.ts'
import { createStreamRedactor, type Found } from './stream-redactor.ts'

/** How many bytes are searched at once, because each secret's pattern is tried at every position. */
const longestPiece = 32 * 1024

/** `contentType` gives the charset of a text; `null` if the body is binary. */
export function redactedBody(
  body: ReadableStream<Uint8Array>,
  find: (text: string) => Found[],
  contentType: string | null,
): ReadableStream<Uint8Array> {
  const redactor = createStreamRedactor(find)
  const decoder = contentType === null ? null : textDecoder(contentType)
  const encoder = new TextEncoder()
  const decode = (bytes: Uint8Array) =>
    decoder?.decode(bytes, { stream: true }) ?? Buffer.from(bytes).toString('latin1')
  const encode = (text: string) => (decoder ? encoder.encode(text) : new Uint8Array(Buffer.from(text, 'latin1')))
  return body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        for (let at = 0; at < chunk.byteLength; at += longestPiece) {
          const shown = redactor.write(decode(chunk.subarray(at, at + longestPiece)))
          if (shown !== '') controller.enqueue(encode(shown))
        }
      },
      flush(controller) {
        const shown = redactor.write(decoder?.decode() ?? '') + redactor.end()
        if (shown !== '') controller.enqueue(encode(shown))
      },
    }),
  )
}
