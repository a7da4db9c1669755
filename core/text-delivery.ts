// Delivers texts and response bodies as files. The desktop window may not download, so there the host asks where to save, and
// the text never reaches the page; browser tabs and commands get the text itself.
import type { DeliveredText } from '../contract/backup.ts'
import type { Caller } from '../contract/connection.ts'
import type { FileSaver } from './ports.ts'
import { Problem, problem } from './problem.ts'

export type TextDelivery = (
  file: { text: string; fileName: string },
  caller: Caller,
  /** Runs just before the text is handed out, once everything that can fail has succeeded. */
  before?: () => Promise<void>,
) => Promise<DeliveredText>

/** Throws `cancelled` if the person chose no file, `conflict` if it cannot be written. */
export function createTextDelivery(saver: FileSaver | null): TextDelivery {
  return async ({ text, fileName }, caller, before) => {
    const place = saver && caller === 'window' ? await saver.choose(fileName) : undefined
    if (place === null) throw problem('cancelled', 'No place was chosen, so nothing was saved.')
    if (!place) {
      await before?.()
      return { text, fileName, savedAs: null }
    }
    const unfinished = orUnwritten(place.path, () => place.prepare(text))
    try {
      // Everything that usually fails is done by now, so the history entry will be true.
      await before?.()
      orUnwritten(place.path, unfinished.finish)
    } finally {
      unfinished.drop()
    }
    return { text: null, fileName, savedAs: place.path }
  }
}

/** Where it was saved; `null` if the caller has to save it. */
export type PiecesSaving = (
  file: { fileName: string; pieces: AsyncIterable<Uint8Array> },
  caller: Caller,
) => Promise<string | null>

/** Throws as above, or whatever the pieces throw. */
export function createPiecesSaving(saver: FileSaver | null): PiecesSaving {
  return async ({ fileName, pieces }, caller) => {
    if (!saver || caller !== 'window') return null
    const place = await saver.choose(fileName)
    if (place === null) throw problem('cancelled', 'No place was chosen, so nothing was saved.')
    const unfinished = await place.prepareFrom(pieces).catch((error: unknown) => {
      throw error instanceof Problem ? error : unwritten(place.path, error)
    })
    try {
      orUnwritten(place.path, unfinished.finish)
    } finally {
      unfinished.drop()
    }
    return place.path
  }
}

function orUnwritten<T>(path: string, write: () => T): T {
  try {
    return write()
  } catch (error) {
    throw unwritten(path, error)
  }
}

function unwritten(path: string, error: unknown): Problem {
  const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
  return problem('conflict', `${path} could not be written${code}.`, 'Choose another place.')
}
