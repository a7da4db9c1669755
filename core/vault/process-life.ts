// Whether the process that made a lock still runs, rather than a later one with the same PID. Never calls a process dead that
// it cannot see.
import { readFileSync, readlinkSync } from 'node:fs'
import { macBoot, processStart } from './process-start.ts'

export interface ProcessMark {
  pid: number
  /** Identifies the boot; `null` if the system does not say. */
  boot: string | null
  /** Which of its tables of processes: sandboxes such as Flatpak's share the home folder and the host's name, not this. */
  table: string | null
  /** When the process began, in the kernel's count since boot. */
  start: string | null
}

/** How much the clock may have been corrected between a process's start and its lock (ms). */
const clockSlack = 60_000

/** This process, so that another one can later tell whether it lives. */
export function markProcess(): ProcessMark {
  return { pid: process.pid, boot: currentBoot(), table: currentTable(), start: readStat(process.pid)?.start ?? null }
}

/** `unknown` counts as alive. */
export type Life = 'lives' | 'ended' | 'unknown'

/**
 * Whether the marked process, which made its lock at `since` (ms), lives. Both marks are from machines of one name. Where the
 * kernel's own count cannot be compared, a process of that number which began after the lock was made is another one.
 */
export function lifeOf(mark: ProcessMark, since: number, here: ProcessMark, startOf = processStart): Life {
  if (mark.boot !== null && here.boot !== null && mark.boot !== here.boot) return 'ended'
  if (mark.table !== here.table) return 'unknown'
  try {
    process.kill(mark.pid, 0)
  } catch (error) {
    // EPERM: alive, and somebody else's.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return 'ended'
  }
  const stat = readStat(mark.pid)
  if (stat !== undefined && mark.start !== null) {
    return stat.start === mark.start && stat.state !== 'Z' && stat.state !== 'X' ? 'lives' : 'ended'
  }
  const began = startOf(mark.pid)
  if (began === null) return 'unknown'
  return began > since + clockSlack ? 'ended' : 'lives'
}

/** Whether a process of this machine is stopped, by Ctrl-Z or a debugger: it does nothing until it is let go on. */
export function isSuspended(pid: number): boolean {
  const state = readStat(pid)?.state
  return state === 'T' || state === 't'
}

/** Whether the two marks are from one table of processes, whatever the machine is called by now. */
export function shareProcesses(one: ProcessMark, other: ProcessMark): boolean {
  return one.boot !== null && one.table !== null && one.boot === other.boot && one.table === other.table
}

function currentBoot(): string | null {
  return orNull(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()) ?? macBoot()
}

function currentTable(): string | null {
  return orNull(() => readlinkSync('/proc/self/ns/pid'))
}

/** The second field, the command's name, may hold spaces and brackets: the others are counted from its last bracket. */
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
