// Everything that the application needs from its host: each host supplies its own, tests supply in-memory ones.
import type { HostView } from '../contract/change.ts'
import type { Holder } from '../contract/vault.ts'
import type { Secret } from './secret.ts'

export interface Ports {
  host: HostView
  clock: Clock
  pause: Pause
  alarm: Alarm
  /** Whether it runs long enough to renew tokens automatically; a single command's host does not. */
  renews: boolean
  /** `null` if the host cannot tell whether the person is there. */
  presence: Presence | null
  /** `null` if the host cannot show notifications. */
  notify: Notifier | null
  document: VaultDocumentFile
  logs: LogFolder
  ownership: Ownership
  keychain: Keychain | null
  /** PBKDF2 iterations for new passphrases; hosts pass the product's constant. */
  passphraseRounds: number
  browser: Browser
  clipboard: Clipboard | null
  /** `null` if callers save files themselves. */
  saver: FileSaver | null
  /** Direct, without any proxy. */
  fetch: typeof globalThis.fetch
  /** The variables of the environment that say how to reach the network; others do not matter. */
  environment: Readonly<Record<string, string | undefined>>
  /** What the system's proxy setting, which may be a PAC script, answers for a URL; `null` if the host cannot ask. */
  systemProxy: ((url: string) => Promise<string>) | null
  practice: PracticePort | null
  log: Log
}

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
}

/** Waits this many milliseconds, or until the signal is aborted, which is not an error. */
export type Pause = (ms: number, signal?: AbortSignal) => Promise<void>

/** Calls `ring` once after this many milliseconds; returns a function that cancels it. */
export type Alarm = (ms: number, ring: () => void) => () => void

/** Shows a notification; must not throw. */
export type Notifier = (words: { title: string; body: string }) => void

/** Whether the person is at the machine. */
export interface Presence {
  /** Milliseconds since the last keyboard or mouse input. */
  idleFor(): number
  /** Listens for sleep and screen lock; returns a function that unsubscribes. */
  onAway(listener: (how: 'sleep' | 'screen_lock') => void): () => void
}

/** The vault's document. `write` returns when all of it is on disk; a failed write leaves the old one. */
export interface VaultDocumentFile {
  readonly path: string
  /** Not validated: the vault does that. `undefined` if there is no file yet. Throws if it cannot be read. */
  read(): unknown
  /** The replaced document becomes the last good copy, unless it may be damaged. */
  write(document: object, old?: 'becomes_copy' | 'is_dropped'): void
  /** The file's metadata as a text that differs after each change; `null` if there is no file. Throws like `read`. */
  mark(): string | null
  /** Removes other users' access to the vault's folder, its files and its logs; returns the paths that they had access to. */
  closeToOthers?(): string[]
  /** Absent if no copy is kept. */
  readonly lastGood?: LastGoodCopy
}

/** The vault's file before its last write, kept next to it in case it gets damaged. All but `read` throw. */
export interface LastGoodCopy {
  readonly path: string
  /** Not validated, with the time it was written (ms); `undefined` if there is no readable copy. */
  read(): { document: unknown; writtenAt: number } | undefined
  /** Updates it to the file's current content. */
  follow(): void
  /** Keeps a duplicate of the file as it is now; returns where. */
  setAside(): string
  /** Replaces the file with a duplicate of the copy; returns where the old file is kept, `null` if there was none. */
  use(): string | null
}

/** Append-only files next to the vault. Names are `folder/…/file`. All calls throw the system's error. */
export interface LogFolder {
  /** The names of the files in a folder; none if it does not exist. */
  list(folder: string): string[]
  /** A whole file, or this many bytes from its end; `null` if it does not exist. */
  read(name: string, fromEnd?: number): Buffer | null
  /** In bytes; 0 if it does not exist. */
  sizeOf(name: string): number
  /** Replaces everything after the first `size` bytes of a file; if it fails, those bytes are unchanged. */
  append(name: string, size: number, bytes: Buffer): void
  /** Returns when a file has been flushed to disk. */
  sync(name: string): Promise<void>
  /** Atomic; on disk when it returns. */
  replace(name: string, bytes: Buffer): void
  /** Does nothing if it does not exist. */
  remove(name: string): void
}

/** Exactly one host owns a vault at a time. */
export interface Ownership {
  /**
   * Takes the vault, or returns who has it. Taking it again is harmless; `anew` means that it was not ours before this call, so
   * another host may have used it in between.
   */
  take(): { taken: true; anew?: true } | { taken: false; holder: Holder }
  release(): void
}

/** Why a keychain failed. */
export class KeychainError extends Error {
  readonly reason: 'locked' | 'unavailable' | 'refused'

  constructor(reason: 'locked' | 'unavailable' | 'refused', message: string) {
    super(message)
    this.name = 'KeychainError'
    this.reason = reason
  }
}

/** The operating system's keychain. All calls throw KeychainError. */
export interface Keychain {
  /** Identifies the mechanism; a slot made by one cannot be opened by the other. */
  readonly id: 'electron-safe-storage' | 'keyring'
  /** The real backend's name, for the person: "GNOME Keyring (libsecret)". Throws if there is no safe one. */
  backend(): Promise<string>
  /** Set where the name in a vault's slot will do once that is open: asking for today's takes a command longer than its work. */
  readonly slotNameWillDo?: boolean
  /** Returns what to store in the slot for `key` (base64url): a ciphertext, or a reference to a keychain entry. */
  seal(key: Secret, vaultId: string): Promise<string>
  open(sealed: string, vaultId: string): Promise<Secret>
  /** Removes the keychain's entry for a slot, if it has one. */
  forget(sealed: string, vaultId: string): Promise<void>
}

export interface Browser {
  /** Opens a checked http(s) URL in the system's browser; throws if there is none. */
  open(url: string): Promise<void>
  /**
   * Has the system hand addresses of an app's scheme to `take` until `end`. Never takes a scheme that another program opens: then,
   * and where the system does not let it, it answers why, in a sentence. Absent if the host cannot.
   */
  receive?(scheme: string, take: (address: string) => void): Promise<{ end(): Promise<void> } | { why: string }>
}

export interface Clipboard {
  /** Writes `text` and clears it after `seconds` if it is still there. */
  writeSecret(text: Secret, seconds: number): Promise<void>
  /** Clears the last written text right away if it is still there. */
  forget(): Promise<void>
}

/** The file that the person chose to save to. */
export interface ChosenPlace {
  path: string
  prepare(text: string): UnfinishedFile
  /** The same for content in pieces, of any size. */
  prepareFrom(pieces: AsyncIterable<Uint8Array>): Promise<UnfinishedFile>
}

/** A complete file on disk, still under a temporary name. */
export interface UnfinishedFile {
  finish(): void
  drop(): void
}

export interface FileSaver {
  /**
   * Asks the person where to save; `null` if they cancel. `prepare` writes everything under a temporary name, `finish` renames
   * it; both throw the system's error. `drop` deletes an unfinished file.
   */
  choose(fileName: string): Promise<ChosenPlace | null>
}

export interface PracticeServices {
  services: {
    id: string
    name: string
    baseUrl: string
    quirksUrl: string
    webhooksUrl?: string
    /** Switches these quirks on and all others back to the usual ones; throws for an unknown one. */
    setQuirks(ids: string[]): void
    clients: {
      name: string
      clientId: string
      clientSecret: string | null
      clientAuthentication: 'body' | 'basic' | 'none'
    }[]
  }[]
  close(): Promise<void>
}

export interface PracticePort {
  start(): Promise<PracticeServices>
}

export interface Log {
  /** `detail` contains no secrets: callers only pass kinds, codes and incident numbers. */
  write(level: 'info' | 'error', message: string, detail?: Record<string, string | number>): void
}
