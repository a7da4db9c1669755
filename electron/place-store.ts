// Remembers the window's bounds for the next start, in a file of their own. Read before the window is shown, so it needs
// nothing but Node; if the file cannot be read or written, the window opens at its default bounds.
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserWindow, Rectangle } from 'electron'
import { firstPlace, placeWithin, readPlace, type WindowPlace } from './window-place.ts'

export interface PlaceStore {
  recall(): WindowPlace
  /** Saves the window's bounds whenever it has stopped moving. */
  follow(window: BrowserWindow): void
}

/** A window that has not moved for this long (ms) has stopped moving. */
const rest = 500

/** Bounds are stored in `folder`/window.json. */
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
      // Next time the window opens at its earlier bounds.
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
