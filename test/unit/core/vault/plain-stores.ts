// Stores that keep their files as conf does, with no more around them.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { OpenStore } from '../../../../core/vault/document-file.ts'

/** `write` may do otherwise than write the bytes that it is given. */
export function plainStores(write = writePrivate): OpenStore {
  return (folder, name, { serialize }) => {
    const file = join(folder, `${name}.json`)
    return {
      get store() {
        return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
      },
      set store(document) {
        write(file, serialize(document))
      },
    }
  }
}

function writePrivate(file: string, bytes: Uint8Array): void {
  writeFileSync(file, bytes, { mode: 0o600 })
}
