// What an open vault holds is taken up once, however many open it, and however often, before it is shut again.

export interface TakenUp {
  /** Takes it up, or waits for whoever does; one that failed is tried again. */
  ensure(): Promise<void>
  /** Returns when nobody is taking it up; throws nothing. */
  settled(): Promise<void>
  /** From here on it is to be taken up anew. */
  forget(): void
}

export function takenUp(load: () => Promise<void>): TakenUp {
  let loaded: Promise<void> | null = null
  return {
    ensure() {
      if (loaded) return loaded
      const loading = load()
      loaded = loading
      loading.catch(() => {
        if (loaded === loading) loaded = null
      })
      return loading
    },
    settled: async () => loaded?.catch(() => undefined),
    forget() {
      loaded = null
    },
  }
}
