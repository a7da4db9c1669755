// Whether the process that made a lock still runs, rather than a later one with the same PID. Never calls a process dead that
// it cannot see.
import { readFileSync, readlinkSync } from 'node:fs'
import { systemCode } from '../system-code.ts'
import { macBoot, processStart } from './process-start.ts'

export interface ProcessMark {
  pid: number
  /** Identifies the boot; `null` if the system does not say. */
  boot: string | null
  /** The PID namespace: sandboxes such as Flatpak share the home folder and the host's name, but not this. */
  table: string | null
  /** When the process started, in the kernel's clock ticks since boot. */
  start: string | null
}

/** How much the clock may have been adjusted between a process's start and its lock (ms). */
const clockSlack = 60_000

/** Identifies this process, so that another one can later tell whether it is still running. */
export function markProcess(): ProcessMark {
  return { pid: process.pid, boot: currentBoot(), table: currentTable(), start: readStat(process.pid)?.start ?? null }
}

/** `unknown` counts as running. */
export type Life = 'lives' | 'ended' | 'unknown'

/**
 * Whether the process that took its lock at `since` (ms) is still running. Both marks must be from machines of the same name. If
 * start times in ticks cannot be compared, a process with that PID that started after the lock was taken is another one.
 */
export function lifeOf(mark: ProcessMark, since: number, here: ProcessMark, startOf = processStart): Life {
  if (mark.boot !== null && here.boot !== null && mark.boot !== here.boot) return 'ended'
  if (mark.table !== here.table) return 'unknown'
  try {
    process.kill(mark.pid, 0)
  } catch (error) {
    // EPERM: it runs, as another user.
    if (systemCode(error) !== 'EPERM') return 'ended'
  }
  const stat = readStat(mark.pid)
  if (stat !== undefined && mark.start !== null) {
    return stat.start === mark.start && stat.state !== 'Z' && stat.state !== 'X' ? 'lives' : 'ended'
  }
  const began = startOf(mark.pid)
  if (began === null) return 'unknown'
  return began > since + clockSlack ? 'ended' : 'lives'
}

/** Whether a process of this machine is stopped by Ctrl-Z or a debugger, and does nothing until it is resumed. */
export function isSuspended(pid: number): boolean {
  const state = readStat(pid)?.state
  return state === 'T' || state === 't'
}

/** Whether both marks are from the same PID namespace of the same boot; the machine may have been renamed since. */
export function shareProcesses(one: ProcessMark, other: ProcessMark): boolean {
  return one.boot !== null && one.table !== null && one.boot === other.boot && one.table === other.table
}

function currentBoot(): string | null {
  return orNull(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()) ?? macBoot()
}

function currentTable(): string | null {
  return orNull(() => readlinkSync('/proc/self/ns/pid'))
}

/** The second field, the command's name, may contain spaces and brackets, so fields are counted from the last bracket. */
function readStat(pid: number): { state: string; start: string } | undefined {
  const text = orNull(() => readFileSync(`/proc/${pid}/stat`, 'utf8'))
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ') ?? []
  const [state, start] = [fields[0], fields[19]]
  return state === undefined || start === undefined ? undefined : { state, start }
}

function orNull<T>(read: () => T): T | null {
  try {
    return read()
  } catch {
    return null
  }
}
