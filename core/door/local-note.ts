// Reads `door.json` in the vault's folder, which says where the host listens. Every command reads it first, so it is checked
// without zod, which takes longer to load than everything else that such a command does.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface LocalNote {
  /** A path, or a named pipe on Windows. */
  address: string
  /** The version of the host's messages; 1 if the note does not say. */
  protocol: number
}

export const noteFile = (folder: string) => join(folder, 'door.json')

/** Where the vault's host listens, or listened last; `null` if there is no valid note. */
export function readLocalNote(folder: string): LocalNote | null {
  try {
    const note: unknown = JSON.parse(readFileSync(noteFile(folder), 'utf8'))
    if (typeof note !== 'object' || note === null) return null
    const { address, protocol }: { address?: unknown; protocol?: unknown } = note
    if (typeof address !== 'string' || address === '') return null
    return { address, protocol: typeof protocol === 'number' ? protocol : 1 }
  } catch {
    return null
  }
}
