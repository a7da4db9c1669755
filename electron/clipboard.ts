// The system's clipboard for secrets. Owns how long one stays there and the marks that ask clipboard histories to pass it
// by; refuses to clear what somebody else has put there since. Remembers a digest, never the secret.
import { createHash } from 'node:crypto'
import type { ClipboardItem, Clipboard as SystemClipboard } from 'electron'
import type { Clipboard } from '../core/ports.ts'

type Parts = ConstructorParameters<typeof ClipboardItem>[0]

export interface SecretClipboardOptions {
  clipboard: Pick<SystemClipboard, 'write' | 'writeText' | 'readText' | 'clear'>
  item(parts: Parts): ClipboardItem
  platform: NodeJS.Platform
}

/** What each platform's clipboard histories look for, by the name that the platform gives the format. */
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

/** A clipboard that forgets a secret after a while, and when told to. */
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
        // A clipboard that does not take the marks still takes the text, and is still cleared.
        await clipboard.writeText(text)
      }
      written = digest(text)
      timer = setTimeout(() => void forget().catch(() => undefined), seconds * 1000)
      timer.unref()
    },
    forget,
  }
}
