// Adds what Node 20 lacks and Grantdesk and its libraries use.

/** Adds `Promise.withResolvers` and `URL.parse` where they are missing. */
export function supplyOlderNode(promise: { withResolvers?: unknown } = Promise, url: { parse?: unknown } = URL): void {
  promise.withResolvers ??= <T>() => {
    let resolve: ((value: T | PromiseLike<T>) => void) | undefined
    let reject: ((reason?: unknown) => void) | undefined
    const made = new Promise<T>((one, other) => {
      resolve = one
      reject = other
    })
    return { promise: made, resolve, reject }
  }
  url.parse ??= (text: string, base?: string) => {
    try {
      return new URL(text, base)
    } catch {
      return null
    }
  }
}
