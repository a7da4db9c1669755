// Reads a body that nobody vouches for: at most so many bytes, and no longer than the signal allows.

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

function joined(chunks: Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    all.set(chunk.subarray(0, length - at), at)
    at = Math.min(length, at + chunk.byteLength)
  }
  return all
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

/** The text of a body for a reader; what is not text is only measured. */
export function bodyText(bytes: Uint8Array, contentType: string | null): string | null {
  if (bytes.byteLength === 0) return null
  if (isBinary(bytes, contentType)) return `[${bytes.byteLength} bytes that are not text]`
  const charset = /charset\s*=\s*"?([\w.:-]+)/i.exec(contentType ?? '')?.[1] ?? 'utf-8'
  try {
    return new TextDecoder(charset).decode(bytes)
  } catch {
    return new TextDecoder().decode(bytes)
  }
}

function isBinary(bytes: Uint8Array, contentType: string | null): boolean {
  if (/^(?:image\/(?!svg)|audio\/|video\/|font\/|application\/(?:pdf|zip|gzip))/i.test(contentType ?? '')) return true
  return bytes.subarray(0, 2048).includes(0) && !/utf-?16/i.test(contentType ?? '')
}
