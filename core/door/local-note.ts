// The note in the vault's folder that says where its host listens: `door.json`. Read by every command before anything else,
// so it is checked by hand: what checks it by a schema would take longer to load than all the rest that such a command does.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface LocalNote {
  /** A path, or a named pipe on Windows. */
  address: string
  /** Which lines the host understands; 1 where an older version wrote the note. */
  protocol: number
}

export const noteFile = (folder: string) => join(folder, 'door.json')

/** Where the vault's host listens, or listened last; `null` where none ever said. */
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
