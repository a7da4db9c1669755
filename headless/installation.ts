// This installation's version and built user interface. Sources and bundle are at different depths below package.json, so the
// parent folders are searched for it.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

function findRoot(): string {
  const start = dirname(fileURLToPath(import.meta.url))
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder
    if (folder === dirname(folder)) throw new Error('Grantdesk’s own package.json is missing.')
  }
}

export function findInstallation(): { version: string; rendererFolder: string } {
  const root = findRoot()
  const { version }: { version: string } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return { version, rendererFolder: join(root, 'dist', 'renderer') }
}
