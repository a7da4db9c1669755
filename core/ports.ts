// All that the application asks of the machine it runs on. A host supplies these; tests supply in-memory ones.
import type { HostView } from '../contract/change.ts'
import type { Holder } from '../contract/vault.ts'
import type { Secret } from './secret.ts'

export interface Ports {
  host: HostView
  clock: Clock
  pause: Pause
  alarm: Alarm
  /** Stays, and renews what ends without being asked; a host that lives no longer than one command does not. */
  renews: boolean
  /** `null` where the machine tells nothing of the person at it. */
  presence: Presence | null
  /** `null` where the host has no place for words to somebody who does not look at it. */
  notify: Notifier | null
  document: VaultDocumentFile
  logs: LogFolder
  ownership: Ownership
  keychain: Keychain | null
  /** How slowly a key comes of a passphrase that is set from now on; a host gives the product's own number. */
  passphraseRounds: number
  browser: Browser
  clipboard: Clipboard | null
  /** `null` where whoever asks can save a file by itself. */
  saver: FileSaver | null
  fetch: typeof globalThis.fetch
  practice: PracticePort | null
  log: Log
}

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
}

/** Waits so many milliseconds; less where the signal is aborted, which is no error. */
export type Pause = (ms: number, signal?: AbortSignal) => Promise<void>

/** Rings once after so many milliseconds, unless the answer is called before. */
export type Alarm = (ms: number, ring: () => void) => () => void

/** Says something to the person at the machine, whatever they look at; must not throw. */
export type Notifier = (words: { title: string; body: string }) => void

/** What the machine tells of the person at it. */
export interface Presence {
  /** Milliseconds since somebody last touched keyboard or mouse. */
  idleFor(): number
  /** Tells that the machine goes to sleep, or that its screen was locked; the answer ends it. */
  onAway(listener: (how: 'sleep' | 'screen_lock') => void): () => void
}

/** The vault's one document. `write` returns when it is on disk, whole; a failed write leaves the old one. */
export interface VaultDocumentFile {
  readonly path: string
  /** Unparsed: the vault checks it. `undefined` where there is no file yet. Throws when the file cannot be read. */
  read(): unknown
  /** What is replaced becomes the last good copy, unless nobody knows that it is whole. */
  write(document: object, old?: 'becomes_copy' | 'is_dropped'): void
  /** What the system tells of the file, another text after each change of it; `null` where there is none. Throws like `read`. */
  mark(): string | null
  /** Absent where no copy is kept. */
  readonly lastGood?: LastGoodCopy
}

/** What the vault's file held before its last write, kept beside it for the day when it is damaged. All but `read` throw. */
export interface LastGoodCopy {
  readonly path: string
  /** Unparsed, with when it was written (ms); `undefined` where there is none that can be read. */
  read(): { document: unknown; writtenAt: number } | undefined
  /** Makes it hold what the file holds now. */
  follow(): void
  /** Puts a second one in the file's place; answers where the file that was there is kept, `null` where none was. */
  use(): string | null
}

/** Files that only grow, beside the vault. A name is `folder/…/file`. All calls throw the system's error. */
export interface LogFolder {
  /** The names of the files in a folder; none where it is not there. */
  list(folder: string): string[]
  /** All of a file, or so many bytes of its end; `null` where there is no such file. */
  read(name: string, fromEnd?: number): Buffer | null
  /** In bytes; 0 where there is no such file. */
  sizeOf(name: string): number
  /** Writes after the first `size` bytes of a file, and cuts off what lay there; one that fails leaves those bytes alone. */
  append(name: string, size: number, bytes: Buffer): void
  /** Returns when a file lies on the disk itself. */
  sync(name: string): Promise<void>
  /** On disk when it returns; whoever is killed in the middle leaves what was there. */
  replace(name: string, bytes: Buffer): void
  /** Nothing happens where there is no such file. */
  remove(name: string): void
}

/** Exactly one host owns a vault at a time. */
export interface Ownership {
  /**
   * Takes the vault, or answers who holds it. Taking it again is harmless; `anew` says that it was not held before this
   * call, so that another host may have had it in between.
   */
  take(): { taken: true; anew?: true } | { taken: false; holder: Holder }
  release(): void
}

/** Why a keychain did not answer. */
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
  /** Names the mechanism; a slot made by one cannot be opened by another. */
  readonly id: 'electron-safe-storage' | 'keyring'
  /** The real backend's name, for the person: "GNOME Keyring (libsecret)". Throws where there is no safe one. */
  backend(): Promise<string>
  /** Set where the name in a vault's slot will do once that is open: asking for today's takes a command longer than its work. */
  readonly slotNameWillDo?: boolean
  /** Makes what the slot stores for `key` (base64url): a ciphertext, or a reference to an entry in the keychain. */
  seal(key: Secret, vaultId: string): Promise<string>
  open(sealed: string, vaultId: string): Promise<Secret>
  /** Removes what the keychain itself holds for a slot; nothing where the slot holds it all. */
  forget(sealed: string, vaultId: string): Promise<void>
}

export interface Browser {
  /** Opens a checked http(s) address in the system's browser; throws where there is none. */
  open(url: string): Promise<void>
}

export interface Clipboard {
  /** Writes `text` and clears it after `seconds` if it is still there. */
  writeSecret(text: Secret, seconds: number): Promise<void>
  /** Clears at once what was written last, if it is still there. */
  forget(): Promise<void>
}

/** Where the person wants a file. */
export interface ChosenPlace {
  path: string
  prepare(text: string): UnfinishedFile
  /** The same for what comes in pieces, of any length. */
  prepareFrom(pieces: AsyncIterable<Uint8Array>): Promise<UnfinishedFile>
}

/** A file that is whole on the disk and has not its name yet. */
export interface UnfinishedFile {
  finish(): void
  drop(): void
}

export interface FileSaver {
  /**
   * Asks the person where; `null` where they choose no place. `prepare` writes all of it under another name, and `finish` gives
   * it its own; both throw the system's error. `drop` takes away what is not finished.
   */
  choose(fileName: string): Promise<ChosenPlace | null>
}

export interface PracticeServices {
  services: {
    id: string
    name: string
    baseUrl: string
    quirksUrl: string
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
  /** `detail` holds no secret: callers pass kinds, codes and incident numbers only. */
  write(level: 'info' | 'error', message: string, detail?: Record<string, string | number>): void
}
