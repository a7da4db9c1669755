// The in-memory cache of one kind of record. Loading from the vault never overwrites changes made in the meantime: memory is
// always as new as the disk, or newer.

/** The records of one kind by their ids. */
export class RecordCache<Value> extends Map<string, Value> {
  /** For each running load, the records deleted since it began. */
  readonly #loads = new Set<Set<string>>()

  /** Adds what `list` returns and the cache lacks; returns false if the cache was cleared meanwhile. */
  async load(list: () => Promise<{ id: string; value: Value }[]>): Promise<boolean> {
    const removed = new Set<string>()
    this.#loads.add(removed)
    try {
      const stored = await list()
      if (!this.#loads.has(removed)) return false
      for (const { id, value } of stored) if (!this.has(id) && !removed.has(id)) this.set(id, value)
      return true
    } finally {
      this.#loads.delete(removed)
    }
  }

  override delete(id: string): boolean {
    for (const removed of this.#loads) removed.add(id)
    return super.delete(id)
  }

  override clear(): void {
    this.#loads.clear()
    super.clear()
  }
}
