// Disconnects callers of the local socket to make room for others: idle ones, and those with incomplete large calls. They lose
// nothing, because they are told that no call of theirs was started, and reconnect with their next call.
import type { SocketCaller } from './socket-caller.ts'

/** How many idle callers may stay, such as commands that wait for the person. */
const mostIdle = 200

/** A caller is idle only after this time (ms), because on a busy machine its call may take long to arrive. */
const briefly = 30_000

/** How many characters of incomplete calls all callers together may have; the longest call restores a backup. */
const roomForUnfinished = 128 * 1024 * 1024

/** To be called regularly. */
export function makeRoom(
  callers: Pick<SocketCaller, 'idleSince' | 'unfinished' | 'disconnect'>[],
  now = performance.now(),
) {
  const idle = callers
    .flatMap((caller) => {
      const since = caller.idleSince()
      return since === null ? [] : [{ caller, since }]
    })
    .sort((one, other) => one.since - other.since)
  let tooMany = idle.length - mostIdle
  let unfinished = idle.reduce((sum, { caller }) => sum + caller.unfinished(), 0)
  for (const { caller, since } of idle) {
    const takesRoom = unfinished > roomForUnfinished && caller.unfinished() > 0
    if (!takesRoom && (tooMany <= 0 || now - since < briefly)) continue
    tooMany -= 1
    unfinished -= caller.unfinished()
    caller.disconnect()
  }
}
