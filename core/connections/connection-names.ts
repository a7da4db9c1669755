// The names that tell connections apart: no two have one, whatever their case. Owns which are being written at this moment,
// so that of two who want the same one at once the second gets another, or is told.

export interface ConnectionNames {
  /** Whether another than `by` has it, or is just getting it. */
  isTaken(name: string, by: string): boolean
  /** A name that nobody has yet, made from `wanted`. */
  free(wanted: string, by?: string): string
  /** Runs `write` with `wanted`, or a free name made from it, which nobody else gets meanwhile. */
  during<T>(id: string, wanted: string, write: (name: string) => Promise<T>): Promise<T>
}

export function createConnectionNames(connections: ReadonlyMap<string, { name: string }>): ConnectionNames {
  /** The names on their way to the disk, by the ids of their connections. */
  const claimed = new Map<string, string>()

  function isTaken(name: string, by?: string): boolean {
    const wanted = name.toLowerCase()
    const isIt = (id: string, other: string) => id !== by && other.toLowerCase() === wanted
    return (
      [...connections].some(([id, { name }]) => isIt(id, name)) || [...claimed].some(([id, name]) => isIt(id, name))
    )
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
      const name = isTaken(wanted, id) ? free(wanted, id) : wanted
      claimed.set(id, name)
      try {
        return await write(name)
      } finally {
        claimed.delete(id)
      }
    },
  }
}
