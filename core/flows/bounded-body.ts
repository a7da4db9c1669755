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
    // A body that is left alone keeps its connection; a cancelled one may never confirm it.
    reader.cancel().catch(() => {})
  }
}

/** The first `length` bytes of the chunks, in one. */
export function joined(chunks: Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    all.set(chunk.subarray(0, length - at), at)
    at = Math.min(length, at + chunk.byteLength)
  }
  return all
}

/** What was kept of a body that passed. */
export interface BodyCopy {
  /** Its beginning. */
  bytes: Uint8Array<ArrayBuffer>
  /** Bytes that passed. */
  size: number
  /** Whether all of it passed. */
  whole: boolean
}

interface Watched {
  /** Of the copy; what passes is not bounded. */
  keepBytes: number
  /** Reads the next piece in time, or rejects with what the reader is to be told. */
  next<T>(read: Promise<T>): Promise<T>
  /** Called once, when there is no more to be kept though the body goes on. */
  filled(copy: BodyCopy): void
  /** Called once, when the body has ended, failed or is not read any more. */
  ended(copy: BodyCopy): void
}

/** The same body for one reader, at the reader's pace. */
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
            // The reader may change what it is given.
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

/** The promise, or the signal's reason as soon as it is aborted, also where the promise ignores the signal. */
export function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}

/** The text of a body; `null` where there is none, or it is no text. */
export function bodyText(bytes: Uint8Array, contentType: string | null): string | null {
  if (bytes.byteLength === 0 || isBinary(bytes, contentType)) return null
  return textDecoder(contentType).decode(bytes)
}

/** A decoder for the charset that a content type names. */
export function textDecoder(contentType: string | null) {
  const charset = /charset\s*=\s*"?([\w.:-]+)/i.exec(contentType ?? '')?.[1] ?? 'utf-8'
  try {
    return new TextDecoder(charset)
  } catch {
    return new TextDecoder()
  }
}

/** Whether a body, or its beginning, is no text. */
export function isBinary(bytes: Uint8Array, contentType: string | null): boolean {
  if (/^(?:image\/(?!svg)|audio\/|video\/|font\/|application\/(?:pdf|zip|gzip))/i.test(contentType ?? '')) return true
  return bytes.subarray(0, 2048).includes(0) && !/utf-?16/i.test(contentType ?? '')
}
