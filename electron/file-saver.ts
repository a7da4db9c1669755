// Saving a file where the person says, by the system's own dialog: the page itself may download nothing.
import { join } from 'node:path'
import type { BrowserWindow, Dialog } from 'electron'
import { prepareReplacement, prepareReplacementFrom } from '../core/backup/backup-file.ts'
import type { FileSaver } from '../core/ports.ts'

/** The dialog belongs to `window` while one is there; it asks by itself before a file is replaced. */
export function fileSaver(
  dialog: Pick<Dialog, 'showSaveDialog'>,
  window: () => BrowserWindow | null,
  folder: () => string,
): FileSaver {
  return {
    async choose(fileName) {
      const options = { defaultPath: join(folder(), fileName), properties: ['showOverwriteConfirmation' as const] }
      const parent = window()
      const { canceled, filePath } = parent
        ? await dialog.showSaveDialog(parent, options)
        : await dialog.showSaveDialog(options)
      if (canceled || !filePath) return null
      return {
        path: filePath,
        prepare: (text) => prepareReplacement(filePath, text),
        prepareFrom: (pieces) => prepareReplacementFrom(filePath, pieces),
      }
    },
  }
}
