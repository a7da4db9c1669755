// Whether the process that made a lock is still the one that goes by its number. Owns how a process is told from a later
// one of the same number; refuses to call dead what it cannot see.
import { readFileSync, readlinkSync } from 'node:fs'

export interface ProcessMark {
  pid: number
  /** Which running kernel; `null` where the system does not tell. */
  boot: string | null
  /** Which of its tables of processes: sandboxes such as Flatpak's share the home folder and the host's name, not this. */
  table: string | null
  /** When the process began, in the kernel's count since boot. */
  start: string | null
}

/** This process, so that another one can later tell whether it lives. */
export function markProcess(): ProcessMark {
  return { pid: process.pid, boot: currentBoot(), table: currentTable(), start: readStat(process.pid)?.start ?? null }
}

/** Whether the marked process lives; `true` where nobody here can know. Both marks are from machines of one name. */
export function markedProcessLives(mark: ProcessMark, here: ProcessMark = markProcess()): boolean {
  if (mark.boot !== null && here.boot !== null && mark.boot !== here.boot) return false
  if (mark.table !== here.table) return true
  try {
    process.kill(mark.pid, 0)
  } catch (error) {
    // EPERM: alive, and somebody else's.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false
  }
  const stat = readStat(mark.pid)
  if (stat === undefined || mark.start === null) return true
  return stat.start === mark.start && stat.state !== 'Z' && stat.state !== 'X'
}

/** Whether the two marks are from one table of processes, whatever the machine is called by now. */
export function shareProcesses(one: ProcessMark, other: ProcessMark): boolean {
  return one.boot !== null && one.table !== null && one.boot === other.boot && one.table === other.table
}

function currentBoot(): string | null {
  return orNull(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim())
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
