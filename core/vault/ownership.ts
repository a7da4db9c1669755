// One host owns a vault at a time: a lock file in the vault's folder that names its holder. Owns who may take it and when
// a lock counts as left behind; refuses to take one whose holder may still live, so that a token has one writer.
import { createHash, randomUUID } from 'node:crypto'
import { closeSync, openSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { type Holder, holderSchema, howToFree } from '../../contract/vault.ts'
import { prepareFolder } from '../folder.ts'
import type { Clock, Ownership } from '../ports.ts'
import { problem } from '../problem.ts'
import { fileMark, readOrdinary, StrayFile, UnreachableTarget } from './ordinary-file.ts'
import { lifeOf, markProcess, type ProcessMark, shareProcesses } from './process-life.ts'
import { keptLock, unreadableLock } from './vault-problems.ts'

const lockSchema = holderSchema.unwrap().extend({
  /** Tells this lock from every other one, whoever holds it. */
  token: z.string(),
  /** A process number is soon given to another: these tell the two apart. */
  boot: z.string().nullable(),
  table: z.string().nullable(),
  start: z.string().nullable(),
})
type Lock = z.infer<typeof lockSchema> & ProcessMark
type Here = ProcessMark & { machine: string }

/** What lies at the lock's place: a whole lock, or a file that somebody has just made or left half made. */
type Found = { token: string; lock: Lock | null; age: number }

/** Making a lock file takes microseconds; one still unreadable after this (ms) was left by a crash. */
const halfMade = 5_000

/** Between two looks at a lock that another is making or has just removed (ms). */
const glance = 20

/** Looks at one place before it counts as no lock: longer than any that is being made, or comes and goes, needs. */
const mostLooks = (3 * halfMade) / glance

/** The locks of this very process, by which a lock left by an earlier one with our number is known. */
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
      // Put back by somebody, it would look like a lock that this very process still lives by.
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
      // First of all: a lock that cannot be removed, on a disk that is read-only by now, is left behind from here on.
      ours.delete(leaving)
      if (find(path)?.token === leaving) rmSync(path, { force: true })
    },
  }
}

/**
 * Takes away the lock of a Grantdesk whose process cannot be seen from here, because somebody who knows says that it has
 * ended; `machine` is the one that it names. Answers whose it was. Throws `not_found`, `conflict` for any other lock, and
 * `vault_broken` for one that cannot be read.
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

/** Who holds the vault in `folder` now, `null` where nobody does. Takes nothing. Throws `vault_broken`. */
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
 * Makes `lock` the one at `path`, or answers who holds it. A lock left behind is replaced only by whoever holds the claim
 * on it, a lock file of its own named after the token it is about. So of two that find the same one stale, the second
 * either finds the claim taken or, holding it later, finds another token at `path`; and a claim left by a crash is itself
 * taken over in the same way. Throws StrayFile for what can be neither made nor read, nor comes to rest.
 */
function takeFile(path: string, lock: Lock): Lock | null {
  for (let looks = 0; looks < mostLooks; looks += 1) {
    if (create(path, lock)) return null
    const found = find(path)
    if (found === undefined) continue
    if (found.lock === null && Math.abs(found.age) < halfMade) {
      pauseHere(glance)
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

/** Who holds it, `null` where it was left behind. Of another machine's process we know nothing: it counts as alive. */
function livingHolder(lock: Lock, token: string, asking: Here): Lock | null {
  const shared = shareProcesses(lock, asking)
  if (!shared && lock.machine !== asking.machine) return lock
  if (lock.pid === asking.pid && lock.table === asking.table) return ours.has(token) ? lock : null
  return lifeOf(lock, lock.since, asking) === 'ended' ? null : lock
}

/** Taking ownership is one synchronous step, so that nothing of this process comes between its parts. */
function pauseHere(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
}

function create(path: string, lock: Lock): boolean {
  try {
    writeNew(path, JSON.stringify(lock))
    // A process that got no turn for long in the middle of it may have lost it as half made.
    return find(path)?.token === lock.token
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

/** Where there is no room for what is in it, the file that was made for it goes again. */
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
    // One that leads nowhere is not there to be read, and keeps every lock from being made. No Grantdesk makes a link.
    if (error instanceof UnreachableTarget) throw new StrayFile(path)
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    return undefined
  }
}

/** `null` for anything but a file: reading it then says what it is. */
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
