// The vault's files that other users of this machine had access to until they were closed, to tell the person: in the log at once,
// and to callers until somebody has seen it. Each time it happens counts, since a file may be opened to others again.
import type { Log } from '../ports.ts'

export interface ExposedFiles {
  /** Paths of files that were closed just now. */
  add(paths: string[]): void
  /** Those that nobody has dismissed yet. */
  list(): string[]
  dismiss(): void
  onChange(listener: () => void): void
}

export function createExposedFiles(log: Log): ExposedFiles {
  const exposed = new Set<string>()
  const listeners: (() => void)[] = []
  const notify = () => {
    for (const listener of listeners) listener()
  }
  return {
    add(paths) {
      if (paths.length === 0) return
      for (const path of paths) exposed.add(path)
      const files = paths.join(', ')
      log.write('error', 'other users of this machine had access to files of the vault; now only you have', { files })
      notify()
    },
    list: () => [...exposed],
    dismiss() {
      exposed.clear()
      notify()
    },
    onChange: (listener) => void listeners.push(listener),
  }
}
