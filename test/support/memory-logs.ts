// The logs' files in memory, with the trouble that a test asks for.
import type { LogFolder } from '../../core/ports.ts'

export interface MemoryLogs extends LogFolder {
  readonly files: Map<string, Buffer>
  /** How often something was written, and how often it was waited for. */
  writes: number
  syncs: number
  /** What every write throws. */
  trouble: 'full' | 'gone' | null
}

export function memoryLogs(files = new Map<string, Buffer>()): MemoryLogs {
  function refuse(): void {
    if (logs.trouble !== null) {
      throw Object.assign(new Error('no'), { code: logs.trouble === 'full' ? 'ENOSPC' : 'ENOENT' })
    }
    logs.writes += 1
  }
  const logs: MemoryLogs = {
    files,
    writes: 0,
    syncs: 0,
    trouble: null,
    list: (folder) =>
      [...files.keys()].filter((name) => name.startsWith(`${folder}/`)).map((name) => name.slice(folder.length + 1)),
    read: (name) => files.get(name) ?? null,
    sizeOf: (name) => files.get(name)?.length ?? 0,
    append(name, size, bytes) {
      refuse()
      files.set(name, Buffer.concat([(files.get(name) ?? Buffer.alloc(0)).subarray(0, size), bytes]))
    },
    async sync() {
      logs.syncs += 1
    },
    replace(name, bytes) {
      refuse()
      files.set(name, bytes)
    },
    remove(name) {
      files.delete(name)
    },
  }
  return logs
}
