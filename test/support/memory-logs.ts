// The logs' files in memory, with the trouble that a test asks for.
import type { LogFolder } from '../../core/ports.ts'
import { lineCipher } from '../../core/sealed-log/line-cipher.ts'
import { createSealedLogs, type SealedLogs } from '../../core/sealed-log/sealed-logs.ts'

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
    read: (name, fromEnd) => files.get(name)?.subarray(fromEnd === undefined ? 0 : -fromEnd) ?? null,
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

/** Sealed logs over them, under a key of the test's. */
export function memorySealedLogs(folder = memoryLogs()): SealedLogs {
  const cipher = lineCipher(new Uint8Array(32).fill(1), 'test')
  return createSealedLogs({
    folder,
    cipher: () => cipher,
    beforeWrite: () => undefined,
    troubleWords: String,
  })
}
