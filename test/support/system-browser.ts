// The system's browser as Electron finds it on Linux: `xdg-open` on the path. Here a script that writes the address down,
// and a real Chromium that then goes there.
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { until } from './child.ts'

/** Puts an `xdg-open` into `folder` that adds each address to the file `opened`; of a page in a file, where it goes on to. */
export function fakeBrowser(folder: string): { folder: string; opened: string } {
  const opened = join(folder, 'opened')
  const script = join(folder, 'xdg-open')
  const goesOn = `sed -n 's/.*content="0;url=\\([^"]*\\)".*/\\1/p' "\${1#file://}" | sed 's/&amp;/\\&/g'`
  const lines = [
    '#!/bin/sh',
    'case "$1" in',
    `file:*) ${goesOn} ;;`,
    `*) printf '%s\\n' "$1" ;;`,
    `esac >> '${opened}'`,
  ]
  writeFileSync(script, `${lines.join('\n')}\n`)
  chmodSync(script, 0o755)
  return { folder, opened }
}

/** Every address so far. */
export function openedAddresses(file: string): string[] {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : []
}

/** The address that comes after the first `known`. */
export async function nextAddress(file: string, known: number): Promise<string> {
  await until(() => openedAddresses(file).length > known, 'the system’s browser is opened')
  return openedAddresses(file)[known] ?? ''
}
