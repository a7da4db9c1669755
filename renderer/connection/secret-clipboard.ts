// A copied secret in a browser tab, where no host can reach the clipboard: written by the page, and cleared by it when
// the time is over and the secret is still there. Keeps a digest to know it by, never the secret.

export interface SecretOnClipboard {
  /** `by_itself` after the given seconds; `by_hand` where the browser does not let a page read the clipboard back. */
  clears: 'by_itself' | 'by_hand'
}

/** The parts of a browser that this needs; a test brings its own. */
export interface TabClipboard {
  write(text: string): Promise<void>
  read(): Promise<string>
  mayRead(): Promise<boolean>
  /** Resolves when the page has the focus, which both reading and writing need. */
  focused(): Promise<void>
  wait(ms: number): Promise<void>
}

async function digest(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

let latest: symbol | null = null

/** Writes `text`; throws when the browser does not allow that. */
export async function putSecret(text: string, seconds: number, clipboard: TabClipboard): Promise<SecretOnClipboard> {
  await clipboard.write(text)
  const own = Symbol('copy')
  latest = own
  if (!(await clipboard.mayRead())) return { clears: 'by_hand' }
  void clearLater(await digest(text), seconds, clipboard, () => latest === own)
  return { clears: 'by_itself' }
}

async function clearLater(known: string, seconds: number, clipboard: TabClipboard, isLatest: () => boolean) {
  await clipboard.wait(seconds * 1000)
  await clipboard.focused()
  if (!isLatest()) return
  try {
    if ((await digest(await clipboard.read())) === known) await clipboard.write('')
  } catch {
    // The person took the permission back meanwhile: there is nothing left that a page could do.
  }
}

/** This tab's clipboard. */
export const tabClipboard: TabClipboard = {
  write: (text) => navigator.clipboard.writeText(text),
  read: () => navigator.clipboard.readText(),
  async mayRead() {
    try {
      const status = await navigator.permissions.query({
        name: 'clipboard-read' as PermissionName,
      })
      return status.state === 'granted'
    } catch {
      return false
    }
  },
  focused() {
    if (document.hasFocus()) return Promise.resolve()
    return new Promise((resolve) => window.addEventListener('focus', () => resolve(), { once: true }))
  },
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
}
