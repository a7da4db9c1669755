// Validates what the window's page sends over IPC: a call, or a request to listen for changes. Same limits as HTTP and the
// local socket; anything that is too large or not plain data becomes a typed failure.
import { z } from 'zod'
import type { Failure } from '../contract/failure.ts'
import { largestCall } from '../core/door/largest-call.ts'

const messageSchema = z.union([
  z.strictObject({ listen: z.literal(true) }),
  z.strictObject({ procedure: z.string().max(100), input: z.unknown() }),
])
type DoorMessage = z.infer<typeof messageSchema>

/** Characters counted for a value that is not a string. Its JSON may be shorter; no real call comes near the limit. */
const countOfOne = 16
/** No real call nests nearly this deep; circular data does. */
const deepest = 64

/** Whether the value is plain JSON data, no deeper than `deepest` and no longer than `most` characters. */
function isPlainWithin(value: unknown, most: number): boolean {
  const todo: [unknown, number][] = [[value, 0]]
  let counted = 0
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const [one, depth] = next
    counted += typeof one === 'string' ? one.length : countOfOne
    if (counted > most || depth > deepest) return false
    if (typeof one === 'bigint' || typeof one === 'symbol' || typeof one === 'function') return false
    if (typeof one !== 'object' || one === null) continue
    if (!Array.isArray(one) && Object.getPrototypeOf(one) !== Object.prototype) return false
    const inner = Object.values(one)
    if (counted + inner.length * countOfOne > most) return false
    for (const each of inner) todo.push([each, depth + 1])
  }
  return true
}

const refused = (message: string): { failure: Failure } => ({ failure: { kind: 'invalid_input', message, issues: [] } })

/** The parsed message, or the failure to answer with. Never throws. */
export function readDoorMessage(message: unknown): DoorMessage | { failure: Failure } {
  if (!isPlainWithin(message, largestCall)) return refused('The call is too large, or holds what no call may hold.')
  const read = messageSchema.safeParse(message)
  return read.success ? read.data : refused('This is no call.')
}
