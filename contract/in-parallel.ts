// Work on many things, a few at a time.

/**
 * Calls `work` for each item, at most `limit` at a time, in their order; resolves when the last has ended. Once `signal` is
 * aborted, no other is begun. An error of `work` stops the rest and is thrown.
 */
export async function inParallel<Item>(
  items: readonly Item[],
  limit: number,
  work: (item: Item) => Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  const waiting = items.values()
  let failed = false
  async function next(): Promise<void> {
    for (const item of waiting) {
      if (failed || signal?.aborted) return
      await work(item).catch((error: unknown) => {
        failed = true
        throw error
      })
    }
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, next))
}
