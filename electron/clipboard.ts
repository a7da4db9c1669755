// Copies secrets to the system's clipboard: marks them so that clipboard histories skip them, and clears them after a while
// unless something else was copied since. Remembers a digest, never the secret.
import { createHash } from 'node:crypto'
import type { ClipboardItem, Clipboard as SystemClipboard } from 'electron'
import type { Clipboard } from '../core/ports.ts'

type Parts = ConstructorParameters<typeof ClipboardItem>[0]

export interface SecretClipboardOptions {
  clipboard: Pick<SystemClipboard, 'write' | 'writeText' | 'readText' | 'clear'>
  item(parts: Parts): ClipboardItem
  platform: NodeJS.Platform
}

/** The clipboard formats by which each platform's clipboard histories know to skip an entry. */
function marks(platform: NodeJS.Platform): Record<string, string | Blob> {
  // Windows reads the last two as a DWORD; zero means no.
  const no = new Blob([new Uint8Array(4)])
  if (platform === 'win32') {
    return {
      ExcludeClipboardContentFromMonitorProcessing: no,
      CanIncludeInClipboardHistory: no,
      CanUploadToCloudClipboard: no,
    }
  }
  if (platform === 'darwin') return { 'org.nspasteboard.ConcealedType': '1' }
  return { 'x-kde-passwordManagerHint': 'secret' }
}

function concealed(text: string, platform: NodeJS.Platform): Parts {
  const raw = Object.entries(marks(platform)).map(([format, value]) => [
    `electron application/osclipboard;format="${format}"`,
    value,
  ])
  return { 'text/plain': text, ...Object.fromEntries(raw) }
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex')

/** A clipboard that clears a secret after a while, or on request. */
export function secretClipboard({ clipboard, item, platform }: SecretClipboardOptions): Clipboard {
  let written: string | null = null
  let timer: NodeJS.Timeout | undefined

  async function forget(): Promise<void> {
    clearTimeout(timer)
    const ours = written
    written = null
    if (ours === null || digest(await clipboard.readText()) !== ours) return
    clipboard.clear()
  }

  return {
    async writeSecret(secret, seconds) {
      const text = secret.reveal()
      clearTimeout(timer)
      try {
        await clipboard.write([item(concealed(text, platform))])
      } catch {
        // Some clipboards reject the marks: copy the text alone, and still clear it later.
        await clipboard.writeText(text)
      }
      written = digest(text)
      timer = setTimeout(() => void forget().catch(() => undefined), seconds * 1000)
      timer.unref()
    },
    forget,
  }
}
