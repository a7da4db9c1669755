// Remembers the window's place for the next start: by electron-store, in a file that holds nothing else.
import type { BrowserWindow, Rectangle } from 'electron'
import ElectronStore from 'electron-store'
import { firstPlace, placeSchema, placeWithin, type WindowPlace } from './window-place.ts'

export interface PlaceBook {
  recall(): WindowPlace
  /** Writes the window's place down whenever it has come to rest. */
  follow(window: BrowserWindow): void
}

/** How long (ms) a window must not move to have come to rest. */
const rest = 500

/** Keeps `folder`/window.json. */
export function placeBook(folder: string, workAreas: () => readonly Rectangle[]): PlaceBook {
  const store = new ElectronStore<Record<string, unknown>>({
    cwd: folder,
    name: 'window',
    clearInvalidConfig: true,
    configFileMode: 0o600,
  })

  function remember(window: BrowserWindow): void {
    if (window.isDestroyed() || window.isMinimized() || window.isFullScreen()) return
    store.store = { ...window.getNormalBounds(), maximized: window.isMaximized() }
  }

  return {
    recall() {
      const known = placeSchema.safeParse(store.store)
      return placeWithin(known.success ? known.data : firstPlace, workAreas())
    },
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
