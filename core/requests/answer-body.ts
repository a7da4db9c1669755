// The response body of a test request, of any size: its beginning at once, the rest on request. Its first bytes are kept, so that
// it can be saved later; beyond them the network waits for the reader.
import { setTimeout as wait } from 'node:timers/promises'
import { joined } from '../flows/bounded-body.ts'
import { problem } from '../problem.ts'

/** How many bytes are read ahead and kept: a body up to this size can be saved any number of times. */
const keptBytes = 16 * 1024 * 1024

export interface AnswerBody {
  /** Up to `length` first bytes, as far as they arrive within the time (ms). Rejects if the connection breaks. */
  beginning(length: number, within: number): Promise<{ bytes: Uint8Array<ArrayBuffer>; ended: boolean }>
  /** Some bytes from a position on, and whether they are the last. Beyond the kept bytes each can be read once, in order. */
  read(at: number): Promise<{ bytes: Uint8Array<ArrayBuffer>; ended: boolean }>
  /** The size of the whole body; `null` while it is unknown. */
  size(): number | null
  close(): void
}

export function createAnswerBody(body: ReadableStream<Uint8Array> | null): AnswerBody {
  const reader = body?.getReader() ?? null
  const chunks: Uint8Array[] = []
  let kept = 0
  let passed = 0
  let ended = reader === null
  let reading: Promise<Uint8Array | null> | null = null

  /** The next piece from the network; `null` at the end. One at a time. */
  function next(): Promise<Uint8Array | null> {
    if (ended || reader === null) return Promise.resolve(null)
    reading ??= reader
      .read()
      .then(({ done, value }) => {
        if (done) {
          ended = true
          return null
        }
        passed += value.byteLength
        if (kept < keptBytes) {
          chunks.push(value)
          kept += value.byteLength
        }
        return value
      })
      .finally(() => {
        reading = null
      })
    return reading
  }

  async function readAhead(upTo: number): Promise<void> {
    while (!ended && kept < upTo) await next()
  }

  return {
    async beginning(length, within) {
      const read = readAhead(length)
      await Promise.race([read, pause(within)])
      read.catch(() => undefined)
      // An error in the rest is reported when that is read.
      readAhead(keptBytes).catch(() => undefined)
      return { bytes: joined(chunks, Math.min(length, kept)), ended: ended && kept <= length }
    },
    async read(at) {
      await readAhead(Math.min(at + 1, keptBytes))
      if (at < kept) {
        const bytes = keptFrom(chunks, at)
        return { bytes, ended: ended && at + bytes.byteLength >= passed }
      }
      if (at < passed) {
        throw problem(
          'conflict',
          'This part of the answer was read already, and is too long to be kept.',
          'Send it again.',
        )
      }
      const piece = await next()
      return { bytes: new Uint8Array(piece ?? new Uint8Array(0)), ended }
    },
    size: () => (ended ? passed : null),
    close() {
      reader?.cancel().catch(() => undefined)
    },
  }
}

const pause = (ms: number) => wait(ms, undefined, { ref: false })

/** The part of its chunk from a position on. */
function keptFrom(chunks: Uint8Array[], at: number): Uint8Array<ArrayBuffer> {
  let start = 0
  for (const chunk of chunks) {
    if (at < start + chunk.byteLength) return new Uint8Array(chunk.subarray(at - start))
    start += chunk.byteLength
  }
  return new Uint8Array(0)
}
