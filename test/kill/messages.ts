// What the harness and the host it starts say to each other: one input in, one line of JSON out for each part of it.
import type { Behaviour } from './rotation-server.ts'

export const operations = [
  'connect',
  'reconnect',
  'refresh',
  'rotate',
  'revoke',
  'client secret',
  'rename',
  'passphrase',
  'add keychain',
  'remove passphrase',
  'remove keychain',
  'backup',
  'restore',
] as const
export type OperationName = (typeof operations)[number]

/** A server's ways with refresh tokens make no difference to these. */
export const operationsWithoutServer: readonly OperationName[] = [
  'rename',
  'passphrase',
  'add keychain',
  'remove passphrase',
  'remove keychain',
  'backup',
  'restore',
]

/** One operation in a folder of its own, to be killed at a point. */
export interface KillRun {
  /** Also the server's name for its state. */
  name: string
  folder: string
  operation: OperationName | 'prepare'
  behaviour: Behaviour
  /** Which point; 0 for none. */
  killAt: number
}

export interface HostInput {
  baseUrl: string
  /** A run that was killed before, and at which point: start on what it left, and look. */
  check: { run: KillRun; diedAt: string } | null
  /** The next operation. */
  run: KillRun | null
}

export type Verdict =
  | { kind: 'usable' | 'needs attention' | 'revoked'; words: string }
  | { kind: 'lost' | 'untrue' | 'leftover files'; words: string }

export type HostOutput = { verdict: Verdict } | { points: string[] } | { diedAt: string }

export const firstSecret = 'first secret'
export const secondSecret = 'second secret'
export const firstPassphrase = 'the first passphrase'
export const secondPassphrase = 'the second passphrase'
export const backupPassphrase = 'the passphrase of the backup'
