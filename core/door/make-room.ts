// Which callers of the local socket make room for others: those that ask nothing, and those whose call is too long in coming.
// They lose nothing: they are told that nothing of theirs was begun, and come back with their next call.
import type { SocketCaller } from './socket-caller.ts'

/** Callers that ask nothing and may stay: commands whose person is at a question, and some more. */
const mostIdle = 200

/** None is taken for idle before (ms): on a busy machine its call may be long on its way. */
const briefly = 30_000

/** Characters of calls that are not whole yet, of all callers together; the longest call is a backup to be restored. */
const roomForUnfinished = 128 * 1024 * 1024

/** To be called every now and then. */
export function makeRoom(
  callers: Pick<SocketCaller, 'idleSince' | 'unfinished' | 'sendAway'>[],
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
    caller.sendAway()
  }
}
