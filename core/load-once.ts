// Loads an open vault's contents once, however many callers there are, until it is locked.

export interface LoadOnce {
  /** Loads, or waits for a running load; tries again after a failed one. */
  ensure(): Promise<void>
  /** Returns when no load is running; never throws. */
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
