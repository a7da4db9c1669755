// Reads an untrusted body up to a size limit and until the signal is aborted; or passes one through to a reader while keeping a
// bounded copy of its beginning.

export interface BoundedBody {
  bytes: Uint8Array<ArrayBuffer>
  truncated: boolean
}

/** Rejects with the signal's reason; stops reading after `maxBytes`. */
export async function readBounded(
  body: ReadableStream<Uint8Array> | null,
  maxBytes: number,
  signal: AbortSignal,
): Promise<BoundedBody> {
  if (body === null) return { bytes: new Uint8Array(0), truncated: false }
  const reader = body.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    while (size <= maxBytes) {
      const { done, value } = await unlessAborted(reader.read(), signal)
      if (done) return { bytes: joined(chunks, size), truncated: false }
      chunks.push(value)
      size += value.byteLength
    }
    return { bytes: joined(chunks, maxBytes), truncated: true }
  } finally {
    // An abandoned body would keep its connection; cancelling may never be confirmed, so it is not awaited.
    reader.cancel().catch(() => {})
  }
}

/** The first `length` bytes of the chunks as one array. */
export function joined(chunks: Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    all.set(chunk.subarray(0, length - at), at)
    at = Math.min(length, at + chunk.byteLength)
  }
  return all
}

/** The copy of a body that was passed through. */
export interface BodyCopy {
  /** Its beginning. */
  bytes: Uint8Array<ArrayBuffer>
  /** How many bytes passed. */
  size: number
  /** Whether the whole body passed. */
  whole: boolean
}

interface Watched {
  /** The size of the copy; what passes is not limited. */
  keepBytes: number
  /** Awaits the next piece in time, or rejects with the error for the reader. */
  next<T>(read: Promise<T>): Promise<T>
  /** Called once, when the copy is full and the body goes on. */
  filled(copy: BodyCopy): void
  /** Called once, when the body has ended, failed or was cancelled. */
  ended(copy: BodyCopy): void
}

/** Passes a body to one reader, at the reader's pace. */
export function watchedBody(
  body: ReadableStream<Uint8Array>,
  { keepBytes, next, filled, ended }: Watched,
): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  const kept: Uint8Array[] = []
  let keptBytes = 0
  let size = 0
  let open = true
  let isFilled = false

  function end(whole: boolean) {
    if (!open) return
    open = false
    if (!whole) reader.cancel().catch(() => {})
    ended({ bytes: joined(kept, keptBytes), size, whole })
  }

  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await next(reader.read())
          if (done) {
            end(true)
            controller.close()
            return
          }
          size += value.byteLength
          if (keptBytes < keepBytes) {
            // A copy, because the reader may change the piece.
            const piece = value.slice(0, keepBytes - keptBytes)
            kept.push(piece)
            keptBytes += piece.byteLength
          }
          if (size > keepBytes && !isFilled) {
            isFilled = true
            filled({ bytes: joined(kept, keptBytes), size, whole: false })
          }
          controller.enqueue(value)
        } catch (error) {
          end(false)
          controller.error(error)
        }
      },
      cancel() {
        end(false)
      },
    },
    { highWaterMark: 0 },
  )
}

/** Settles with the promise, or rejects as soon as the signal is aborted, even if the promise ignores the signal. */
export function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}

/** The text of a body; `null` if it is empty or binary. */
export function bodyText(bytes: Uint8Array, contentType: string | null): string | null {
  if (bytes.byteLength === 0 || isBinary(bytes, contentType)) return null
  return textDecoder(contentType).decode(bytes)
}

/** A decoder for the charset of a content type. */
export function textDecoder(contentType: string | null) {
  const charset = /charset\s*=\s*"?([\w.:-]+)/i.exec(contentType ?? '')?.[1] ?? 'utf-8'
  try {
    return new TextDecoder(charset)
  } catch {
    return new TextDecoder()
  }
}

/** Whether a body, judged by its beginning, is binary. */
export function isBinary(bytes: Uint8Array, contentType: string | null): boolean {
  if (/^(?:image\/(?!svg)|audio\/|video\/|font\/|application\/(?:pdf|zip|gzip))/i.test(contentType ?? '')) return true
  return bytes.subarray(0, 2048).includes(0) && !/utf-?16/i.test(contentType ?? '')
}
