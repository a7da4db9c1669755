// Texts that leave the host as files. In the desktop window downloads are refused, so there the host asks where and saves
// it, and the text never reaches the page; a browser tab and a command get the text itself.
import type { HandedOut } from '../contract/backup.ts'
import type { Caller } from '../contract/connection.ts'
import type { FileSaver } from './ports.ts'
import { problem } from './problem.ts'

export type HandOut = (
  file: { text: string; fileName: string },
  caller: Caller,
  /** What has to be done before it leaves, once it is certain that it will. */
  before?: () => Promise<void>,
) => Promise<HandedOut>

/** Throws `cancelled` where the person chose no place, `conflict` where it cannot be written. */
export function createHandOut(saver: FileSaver | null): HandOut {
  return async ({ text, fileName }, caller, before) => {
    const place = saver && caller === 'window' ? await saver.choose(fileName) : undefined
    if (place === null) throw problem('cancelled', 'No place was chosen, so nothing was saved.')
    await before?.()
    if (!place) return { text, fileName, savedAs: null }
    try {
      place.write(text)
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
      throw problem('conflict', `${place.path} could not be written${code}.`, 'Choose another place.')
    }
    return { text: null, fileName, savedAs: place.path }
  }
}
