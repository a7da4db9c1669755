// Loads what an open vault holds once, however many ask for it, until it is locked again.

export interface LoadOnce {
  /** Loads, or waits for the load under way; one that failed is tried again. */
  ensure(): Promise<void>
  /** Returns when no load is under way; throws nothing. */
  settled(): Promise<void>
  /** The next `ensure` loads again. */
  forget(): void
}

export function loadOnce(load: () => Promise<void>): LoadOnce {
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
