// Keeps connection names unique, ignoring case. Also reserves names that are just being written, so that two connections
// cannot take the same one at once.

export interface ConnectionNames {
  /** Whether a connection other than `by` has the name, or is just getting it. */
  isTaken(name: string, by: string): boolean
  /** A free name, made from `wanted`. */
  free(wanted: string, by?: string): string
  /** Runs `write` with `wanted`, or a free name made from it, which is reserved meanwhile. */
  during<T>(id: string, wanted: string, write: (name: string) => Promise<T>): Promise<T>
}

export function createConnectionNames(connections: ReadonlyMap<string, { name: string }>): ConnectionNames {
  /** Names that are being written, by connection id. */
  const claimed = new Map<string, string>()

  function isTaken(name: string, by?: string): boolean {
    const wanted = name.toLowerCase()
    const isIt = (id: string, other: string) => id !== by && other.toLowerCase() === wanted
    // No copy of the list: this runs at each write, also with thousands of connections.
    for (const [id, { name }] of connections) if (isIt(id, name)) return true
    return [...claimed].some(([id, name]) => isIt(id, name))
  }

  function free(wanted: string, by?: string): string {
    const base = wanted.trim().slice(0, 70) || 'Connection'
    for (let number = 1; ; number += 1) {
      const name = number === 1 ? base : `${base} ${number}`
      if (!isTaken(name, by)) return name
    }
  }

  return {
    isTaken,
    free,
    async during(id, wanted, write) {
      // Nobody else can have taken the name that it has already.
      const isItsOwn = connections.get(id)?.name === wanted
      const name = !isItsOwn && isTaken(wanted, id) ? free(wanted, id) : wanted
      claimed.set(id, name)
      try {
        return await write(name)
      } finally {
        claimed.delete(id)
      }
    },
  }
}
