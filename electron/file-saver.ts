// Saves a file through the system's dialog, because the page itself may not download anything.
import { join } from 'node:path'
import type { BrowserWindow, Dialog } from 'electron'
import { prepareReplacement, prepareReplacementFrom } from '../core/backup/backup-file.ts'
import type { FileSaver } from '../core/ports.ts'

/** The dialog is attached to `window` if there is one; the system asks before it replaces a file. */
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
