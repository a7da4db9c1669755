// Ports that live in memory: the whole application without a disk, a keychain or a browser. The network is real.
import type { HostView } from '../../contract/change.ts'
import { type Alarm, type Keychain, KeychainError, type Ports } from '../../core/ports.ts'
import { Secret } from '../../core/secret.ts'
import { startPractice } from '../../practice/index.ts'
import { memoryLogs } from './memory-logs.ts'

/** The vault's file as it would be on disk, and the logs beside it. */
export interface MemoryDisk {
  text: string | null
  writes: number
  logs?: Map<string, Buffer>
}

export interface MemoryPorts extends Ports {
  disk: MemoryDisk
  /** Addresses that the browser was sent to. */
  opened: string[]
  copied: string[]
  logged: string[]
  time: { now: number }
  /** Every pause that was asked for (ms); none of them took any time. */
  pauses: number[]
  /** Lets so many milliseconds pass: what was to ring by then rings. */
  pass(ms: number): void
}

export function memoryKeychain(): Keychain & { state: 'open' | 'locked' } {
  const held = new Map<string, string>()
  const keychain = {
    id: 'keyring' as const,
    state: 'open' as 'open' | 'locked',
    async backend() {
      return 'Memory keychain'
    },
    async seal(key: Secret, vaultId: string) {
      held.set(vaultId, key.reveal())
      return `entry:${vaultId}`
    },
    async open(_sealed: string, vaultId: string) {
      const key = held.get(vaultId)
      if (keychain.state === 'locked') throw new KeychainError('locked', 'The keychain is locked.')
      if (!key) throw new KeychainError('refused', 'The keychain has no such key.')
      return new Secret(key)
    },
    async forget(_sealed: string, vaultId: string) {
      held.delete(vaultId)
    },
  }
  return keychain
}

const host: HostView = {
  kind: 'serve',
  version: '0.0.0',
  platform: 'test',
  vaultFile: 'memory',
  clipboard: true,
  tellsOf: [],
}

export function memoryPorts(change: Partial<Ports> = {}, disk: MemoryDisk = { text: null, writes: 0 }): MemoryPorts {
  const opened: string[] = []
  const copied: string[] = []
  const logged: string[] = []
  const pauses: number[] = []
  const time = { now: Date.UTC(2026, 10, 22, 12) }
  disk.logs ??= new Map()
  const alarms = new Set<{ at: number; ring: () => void }>()
  const alarm: Alarm = (ms, ring) => {
    const set = { at: time.now + ms, ring }
    alarms.add(set)
    return () => alarms.delete(set)
  }
  function pass(ms: number): void {
    time.now += ms
    for (const set of alarms) if (set.at <= time.now && alarms.delete(set)) set.ring()
  }
  return {
    host,
    clock: { now: () => time.now },
    pause: async (ms) => void pauses.push(ms),
    alarm,
    renews: false,
    notify: null,
    presence: null,
    document: {
      path: 'memory',
      read: () => (disk.text === null ? undefined : JSON.parse(disk.text)),
      mark: () => disk.text,
      write: (document) => {
        disk.text = JSON.stringify(document)
        disk.writes += 1
      },
    },
    logs: memoryLogs(disk.logs),
    ownership: { take: () => ({ taken: true }), release: () => undefined },
    keychain: memoryKeychain(),
    passphraseRounds: 1_000,
    browser: { open: async (url) => void opened.push(url) },
    clipboard: {
      writeSecret: async (text) => void copied.push(text.reveal()),
      forget: async () => void copied.push(''),
    },
    saver: null,
    fetch: globalThis.fetch,
    environment: {},
    systemProxy: null,
    practice: { start: () => startPractice() },
    log: { write: (level, message, detail) => void logged.push(JSON.stringify({ level, message, detail })) },
    disk,
    opened,
    copied,
    logged,
    time,
    pauses,
    pass,
    ...change,
  }
}
