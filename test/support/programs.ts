// Programs of this machine, looked for as a shell would.
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The program's path, or `null`. */
export function findProgram(name: string): string | null {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    if (folder && existsSync(join(folder, name))) return join(folder, name)
  }
  return null
}
