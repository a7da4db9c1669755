// The deliveries on disk: a sealed file for each, first its body, then what is known of it, so that listing reads only the end
// of each file.
import { z } from 'zod'
import { lazyObject } from '../../contract/lazy-schema.ts'
import { deliverySchema } from '../../contract/webhook.ts'
import { problem } from '../problem.ts'
import type { SealedLogs } from '../sealed-log/sealed-logs.ts'
import type { ReceivedDelivery } from './received.ts'

/** What is known of a delivery; the connection it belongs to is found anew each time. */
const keptSchema = lazyObject(() => deliverySchema.unwrap().omit({ connection: true }).shape)
export type KeptDelivery = z.infer<typeof keptSchema>

export interface ListedDelivery {
  kept: KeptDelivery
  /** Of the body, to find it again. */
  digest: string
  /** On disk. */
  bytes: number
}

export interface DeliveryFiles {
  /** On disk when it returns, or throws the system's error. */
  write(kept: KeptDelivery, digest: string, received: ReceivedDelivery): ListedDelivery
  /** Throws `not_found`. */
  read(id: string): ReceivedDelivery
  remove(id: string): void
  /** All that can be read, the oldest first. */
  list(): ListedDelivery[]
}

const folder = 'webhooks'
const suffix = '.log'
/** What is known of a delivery takes less (bytes, sealed): its headers are bounded by the listener. */
const longestHead = 128 * 1024

const headSchema = lazyObject(() => ({
  kept: keptSchema,
  digest: z.string(),
  headers: z.array(z.tuple([z.string(), z.string()])),
}))
const bodySchema = lazyObject(() => ({ body: z.string() }))

export function createDeliveryFiles(logs: SealedLogs): DeliveryFiles {
  const listed = (id: string): ListedDelivery[] => {
    const name = fileOf(id)
    const head = headIn(logs.readEnd(name, longestHead).map(({ text }) => text))
    return head?.kept.id === id ? [{ kept: head.kept, digest: head.digest, bytes: logs.sizeOf(name) }] : []
  }

  return {
    write(kept, digest, { headers, body }) {
      const name = fileOf(kept.id)
      const head = { kept, digest, headers }
      logs.write(name, [JSON.stringify({ body: body.toString('base64') }), JSON.stringify(head)])
      return { kept, digest, bytes: logs.sizeOf(name) }
    },
    read(id) {
      const texts = (logs.read(fileOf(id))?.lines ?? []).map(({ text }) => text)
      const head = headIn(texts)
      const body = bodySchema.safeParse(jsonOf(texts[0])).data
      if (!head || !body) throw problem('not_found', 'This delivery is no longer kept, or cannot be read.')
      return { headers: head.headers, body: Buffer.from(body.body, 'base64') }
    },
    remove: (id) => logs.remove(fileOf(id)),
    list: () =>
      logs
        .list(folder)
        .filter((name) => name.endsWith(suffix))
        .flatMap((name) => listed(name.slice(0, -suffix.length)))
        .sort((one, other) => one.kept.receivedAt - other.kept.receivedAt),
  }
}

/** Ids from outside are looked up in the list first, so that none leads out of the folder. */
function fileOf(id: string): string {
  return `${folder}/${id}${suffix}`
}

function headIn(texts: readonly string[]) {
  return headSchema.safeParse(jsonOf(texts.at(-1))).data ?? null
}

function jsonOf(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}
