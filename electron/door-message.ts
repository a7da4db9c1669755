// What the window's page may say through its channel: a call, or that it wants to be told of changes. Owns the bounds that
// the other ways in have too; refuses what is no plain data, what is too large, and what is neither, as a typed failure.
import { z } from 'zod'
import type { Failure } from '../contract/failure.ts'
import { largestCall } from '../core/door/largest-call.ts'

const messageSchema = z.union([
  z.strictObject({ listen: z.literal(true) }),
  z.strictObject({ procedure: z.string().max(100), input: z.unknown() }),
])
type DoorMessage = z.infer<typeof messageSchema>

/** What a value counts that is no text. Its JSON may be shorter; no call that means something comes near the bound. */
const countOfOne = 16
/** No call nests nearly as deep; what leads back into itself does. */
const deepest = 64

/** Whether only what JSON could carry stands in it, no deeper than `deepest` and no more than `most` characters. */
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

/** The message as it came over IPC, read; or why it is refused. Never throws. */
export function readDoorMessage(message: unknown): DoorMessage | { failure: Failure } {
  if (!isPlainWithin(message, largestCall)) return refused('The call is too large, or holds what no call may hold.')
  const read = messageSchema.safeParse(message)
  return read.success ? read.data : refused('This is no call.')
}
