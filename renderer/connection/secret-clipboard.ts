// A copied secret in a browser tab, where no host can reach the clipboard: written by the page, and cleared by it when
// the time is over and the secret is still there, or the tab is left or the vault locked before. Keeps a digest to know it
// by, never the secret.
import { whenLocked } from '../state/when-locked.ts'

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
  /** Overwrites at once, without waiting: a page that goes away has no time for more. */
  clearNow(): void
  /** Runs `leaving` when the page goes away while nothing else can have been copied; aborting the answer calls that off. */
  onLeaving(leaving: () => void): AbortController
}

async function digest(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

let latest: symbol | null = null
let leaving: AbortController | null = null
let forget: () => void = () => undefined
whenLocked(() => forget())

/** Writes `text`; throws when the browser does not allow that. */
export async function putSecret(text: string, seconds: number, clipboard: TabClipboard): Promise<SecretOnClipboard> {
  await clipboard.write(text)
  const own = Symbol('copy')
  latest = own
  leaving?.abort()
  const stays = clipboard.onLeaving(() => clipboard.clearNow())
  leaving = stays
  // Where it cannot be read back, it is taken off as long as nothing else can have been copied.
  forget = () => stays.signal.aborted || clipboard.clearNow()
  if (!(await clipboard.mayRead())) return { clears: 'by_hand' }
  const isLatest = () => latest === own
  const { promise: told, resolve } = Promise.withResolvers<void>()
  forget = resolve
  const over = Promise.race([clipboard.wait(seconds * 1000), told])
  void clearLater(await digest(text), over, clipboard, isLatest).finally(() => isLatest() && stays.abort())
  return { clears: 'by_itself' }
}

async function clearLater(known: string, over: Promise<void>, clipboard: TabClipboard, isLatest: () => boolean) {
  await over
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
  clearNow() {
    const empty = (event: ClipboardEvent) => {
      event.preventDefault()
      // An empty text leaves the clipboard as it was.
      event.clipboardData?.setData('text/plain', ' ')
    }
    document.addEventListener('copy', empty, { once: true })
    // The asynchronous clipboard is refused to a page that goes away; the old way is not.
    document.execCommand('copy')
    document.removeEventListener('copy', empty)
  },
  onLeaving(leaving) {
    const over = new AbortController()
    const { signal } = over
    const callOff = () => over.abort()
    window.addEventListener('pagehide', leaving, { signal })
    // A person who looks elsewhere or copies something else may have put on the clipboard what is not ours to take away.
    window.addEventListener('blur', callOff, { signal })
    document.addEventListener('copy', callOff, { signal })
    return over
  },
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
}
