// One host owns a vault at a time: a lock file in the vault's folder names its holder. Decides who may take the lock and when it
// is stale. Never takes one whose holder may still be running, so that a token has one writer.
import { createHash, randomUUID } from 'node:crypto'
import { closeSync, openSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { type Holder, holderSchema, howToFree } from '../../contract/vault.ts'
import { prepareFolder } from '../folder.ts'
import type { Clock, Ownership } from '../ports.ts'
import { problem } from '../problem.ts'
import { systemCode } from '../system-code.ts'
import { fileMark, readOrdinary, StrayFile, UnreachableTarget } from './ordinary-file.ts'
import { lifeOf, markProcess, type ProcessMark, shareProcesses } from './process-life.ts'
import { keptLock, unreadableLock } from './vault-problems.ts'

const lockSchema = holderSchema.unwrap().extend({
  /** Identifies this lock. */
  token: z.string(),
  /** PIDs are reused: these identify the process. */
  boot: z.string().nullable(),
  table: z.string().nullable(),
  start: z.string().nullable(),
})
type Lock = z.infer<typeof lockSchema> & ProcessMark
type Here = ProcessMark & { machine: string }

/** The lock file as found: a complete lock, or one that is being written or was left incomplete (`lock` is `null`). */
type Found = { token: string; lock: Lock | null; age: number }

/** Writing a lock file takes microseconds; one that is still incomplete after this (ms) was left by a crash. */
const incompleteFor = 5_000

/** Between two reads of a lock that another process is writing or has just removed (ms). */
const pollInterval = 20

/** Tries before the file counts as no lock at all: longer than writing one, or several processes taking turns, can take. */
const mostTries = (3 * incompleteFor) / pollInterval

/** Tokens of this process's own locks: any other lock with our PID was left by an earlier process. */
const ours = new Set<string>()

/** Ownership of the vault in `folder` by a lock file, `owner.json`. */
export function fileOwnership(folder: string, host: Holder['host'], clock: Clock): Ownership {
  const path = join(folder, 'owner.json')
  let held: string | null = null
  /** The lock file's metadata when it was last found to be ours: it is read again only if that differs. */
  let heldMark: string | null = null

  function isHeld(): boolean {
    const mark = markIfOrdinary(path)
    if (mark !== null && mark === heldMark) return true
    if (find(path)?.token !== held) return false
    heldMark = mark
    return true
  }

  return {
    take() {
      if (held !== null && isHeld()) return { taken: true }
      prepareFolder(folder)
      // If someone put the file back, it must not look like a lock that this process still holds.
      if (held !== null) ours.delete(held)
      held = null
      const lock: Lock = {
        host,
        since: clock.now(),
        machine: hostname(),
        token: randomUUID(),
        ...markProcess(),
      }
      ours.add(lock.token)
      const holder = takeFile(path, lock)
      if (holder !== null) {
        ours.delete(lock.token)
        return { taken: false, holder: viewHolder(holder, lock) }
      }
      held = lock.token
      return { taken: true, anew: true }
    },
    release() {
      if (held === null) return
      const leaving = held
      held = null
      // First, because a lock that cannot be removed (a disk that is read-only by now) is stale from here on.
      ours.delete(leaving)
      if (find(path)?.token === leaving) rmSync(path, { force: true })
    },
  }
}

/**
 * Removes the lock of a Grantdesk whose process cannot be seen from here, because the person says that it has ended; `machine` is
 * the machine that the lock names. Returns its holder. Throws `not_found`, `conflict` for any other lock, and `vault_broken` for
 * one that cannot be read.
 */
export function releaseUnseen(folder: string, machine: string): Holder {
  const path = join(folder, 'owner.json')
  const found = lookAt(path)
  if (!found?.lock) throw problem('not_found', 'No other Grantdesk has a lock on this vault.')
  const here = { machine: hostname(), ...markProcess() }
  const holder = viewHolder(found.lock, here)
  if (!holder.unseen) {
    if (lifeOf(found.lock, holder.since, here) !== 'ended')
      throw keptLock('This Grantdesk runs here.', howToFree(holder))
    throw keptLock('This lock was left behind by a process of this machine.', 'The next start takes it over by itself.')
  }
  if (holder.machine !== machine) {
    throw keptLock(`The lock is of a Grantdesk on ${holder.machine}, not on ${machine}.`, howToFree(holder))
  }
  rmSync(path)
  return holder
}

/** Who holds the vault in `folder` now, `null` if nobody does. Takes no lock. Throws `vault_broken`. */
export function holderOf(folder: string): Holder | null {
  const found = lookAt(join(folder, 'owner.json'))
  if (!found?.lock) return null
  const here = { machine: hostname(), ...markProcess() }
  const holder = livingHolder(found.lock, found.token, here)
  return holder && viewHolder(holder, here)
}

function lookAt(path: string): Found | undefined {
  try {
    return find(path)
  } catch (error) {
    throw unreadableLock(error)
  }
}

function viewHolder(lock: Lock, here: Here): Holder {
  const elsewhere = !shareProcesses(lock, here) && lock.machine !== here.machine
  const unseen = elsewhere || lifeOf(lock, lock.since, here) === 'unknown'
  const holder = holderSchema.unwrap().omit({ unseen: true }).parse(lock)
  return unseen ? { ...holder, unseen: true } : holder
}

/**
 * Writes `lock` to `path`, or returns its present holder. A stale lock is replaced only by the process that holds the claim on
 * it, which is a lock file named after the stale lock's token. So if two processes find the same lock stale, the second one either
 * finds the claim taken or, once it holds the claim, finds another token at `path`. A claim left by a crash is taken over in the
 * same way. Throws StrayFile if the file can be neither written nor read, or does not stop changing.
 */
function takeFile(path: string, lock: Lock): Lock | null {
  for (let tries = 0; tries < mostTries; tries += 1) {
    if (create(path, lock)) return null
    const found = find(path)
    if (found === undefined) continue
    if (found.lock === null && Math.abs(found.age) < incompleteFor) {
      sleepSync(pollInterval)
      continue
    }
    const holder = found.lock === null ? null : livingHolder(found.lock, found.token, lock)
    if (holder !== null) return holder

    const claim = `${path}.${found.token}`
    const claimant = takeFile(claim, lock)
    if (claimant !== null) return claimant
    try {
      if (find(path)?.token === found.token) {
        replace(path, lock)
        return null
      }
    } finally {
      rmSync(claim, { force: true })
    }
  }
  throw new StrayFile(path)
}

/** The lock's holder, `null` if it is stale. A process of another machine counts as running, because we cannot tell. */
function livingHolder(lock: Lock, token: string, asking: Here): Lock | null {
  const shared = shareProcesses(lock, asking)
  if (!shared && lock.machine !== asking.machine) return lock
  if (lock.pid === asking.pid && lock.table === asking.table) return ours.has(token) ? lock : null
  return lifeOf(lock, lock.since, asking) === 'ended' ? null : lock
}

/** Blocks the process, because nothing else of it may run in the middle of taking ownership. */
function sleepSync(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
}

function create(path: string, lock: Lock): boolean {
  try {
    writeNew(path, JSON.stringify(lock))
    // If this process was suspended in between, another one may have replaced the file as incomplete.
    return find(path)?.token === lock.token
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false
    throw error
  }
}

/** Removes the new file if its content cannot be written, as on a full disk. */
function writeNew(path: string, text: string): void {
  const made = openSync(path, 'wx', 0o600)
  try {
    writeFileSync(made, text)
  } catch (error) {
    rmSync(path, { force: true })
    throw error
  } finally {
    closeSync(made)
  }
}

function replace(path: string, lock: Lock): void {
  const fresh = `${path}.${lock.token}.new`
  writeNew(fresh, JSON.stringify(lock))
  renameSync(fresh, path)
}

function find(path: string): Found | undefined {
  try {
    const text = readOrdinary(path)
    const age = Date.now() - statSync(path).mtimeMs
    const lock = parseLock(text)
    return { lock, age, token: lock?.token ?? createHash('sha256').update(text).digest('hex').slice(0, 32) }
  } catch (error) {
    // A broken link cannot be read, and no lock can be created in its place. Grantdesk never makes links.
    if (error instanceof UnreachableTarget) throw new StrayFile(path)
    if (systemCode(error) !== 'ENOENT') throw error
    return undefined
  }
}

/** `null` for anything but a file; reading it then reports what it is. */
function markIfOrdinary(path: string): string | null {
  try {
    return fileMark(path)
  } catch {
    return null
  }
}

function parseLock(text: string): Lock | null {
  try {
    return lockSchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}
