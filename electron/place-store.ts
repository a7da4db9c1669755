// Remembers the window's place for the next start, in a file of its own that holds nothing else. Read before the window is
// there, so it asks for nothing but Node; a file that cannot be read or written costs the place, never the window.
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserWindow, Rectangle } from 'electron'
import { firstPlace, placeWithin, readPlace, type WindowPlace } from './window-place.ts'

export interface PlaceStore {
  recall(): WindowPlace
  /** Writes the window's place down whenever it has come to rest. */
  follow(window: BrowserWindow): void
}

/** How long (ms) a window must not move to have come to rest. */
const rest = 500

/** Keeps `folder`/window.json. */
export function placeStore(folder: string, workAreas: () => readonly Rectangle[]): PlaceStore {
  const file = join(folder, 'window.json')

  function known(): WindowPlace | null {
    try {
      return readPlace(JSON.parse(readFileSync(file, 'utf8')))
    } catch {
      return null
    }
  }

  function remember(window: BrowserWindow): void {
    if (window.isDestroyed() || window.isMinimized() || window.isFullScreen()) return
    const place = { ...window.getNormalBounds(), maximized: window.isMaximized() }
    const fresh = `${file}.new`
    try {
      writeFileSync(fresh, JSON.stringify(place), { mode: 0o600 })
      renameSync(fresh, file)
    } catch {
      // The window opens where it stood before.
    }
  }

  return {
    recall: () => placeWithin(known() ?? firstPlace, workAreas()),
    follow(window) {
      let timer: NodeJS.Timeout | undefined
      const later = () => {
        clearTimeout(timer)
        timer = setTimeout(() => remember(window), rest)
      }
      window.on('resize', later)
      window.on('move', later)
      window.on('close', () => {
        clearTimeout(timer)
        remember(window)
      })
    },
  }
}
