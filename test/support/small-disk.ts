// A small disk that can be filled up and made read-only, where this user may mount one (Linux, as root).
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface SmallDisk {
  readOnly(): void
  writable(): void
  /** Leaves room for so many bytes (whole blocks of 4 KiB), else for not one more. */
  fill(leaving?: number): void
  /** Takes away what filled it. */
  clear(): void
  unmount(): void
}

/** Mounts one at `folder`, which is made. */
export function mountSmallDisk(folder: string, size: '64k' | '512k' = '64k'): SmallDisk {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=700`, 'tmpfs', folder])
  const ballast = join(folder, 'ballast')
  return {
    readOnly: () => void execFileSync('mount', ['-o', 'remount,ro', folder]),
    writable: () => void execFileSync('mount', ['-o', 'remount,rw', folder]),
    fill(leaving = 0) {
      const spared = join(folder, 'spared')
      writeFileSync(spared, Buffer.alloc(leaving))
      for (const size of [4096, 1]) {
        try {
          for (;;) writeFileSync(ballast, Buffer.alloc(size), { flag: 'a' })
        } catch {
          // Full.
        }
      }
      rmSync(spared)
    },
    clear: () => rmSync(ballast),
    unmount: () => void execFileSync('umount', [folder]),
  }
}

export function canMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  const place = mkdtempSync(join(tmpdir(), 'grantdesk-mount-'))
  try {
    mountSmallDisk(place).unmount()
    return true
  } catch {
    return false
  } finally {
    rmSync(place, { recursive: true })
  }
}
