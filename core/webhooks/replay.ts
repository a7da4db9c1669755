// Sends a delivery to the person's own server on this machine as it was received: the headers in their order and spelling, the
// signature among them, and the body byte for byte. Follows no redirects.
import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { LookupFunction } from 'node:net'
import { textDecoder } from '../flows/bounded-body.ts'
import { errorCodeIn } from '../network/error-code.ts'
import { Problem, problem } from '../problem.ts'
import type { ReceivedDelivery } from './received.ts'

export interface Replayed {
  status: number
  /** The beginning of the answer's body. */
  body: string
  took: number
}

/** How long the person's server may take (ms): it may stand at a breakpoint. */
const usualTimeout = 120_000
/** So much of its answer is shown (bytes). */
const longestAnswer = 64 * 1024

/** What belongs to the connection that the delivery came by (RFC 9110 §7.6.1), and what is made anew. */
const ofTheConnection = new Set([
  ...['host', 'connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade'],
  ...['content-length', 'expect'],
])

/** Throws `network`, or `timed_out`. */
export async function replayDelivery(
  { headers, body }: ReceivedDelivery,
  url: URL,
  timeout = usualTimeout,
): Promise<Replayed> {
  const startedAt = performance.now()
  const sent = headers.filter(([name]) => !ofTheConnection.has(name.toLowerCase()))
  const signal = AbortSignal.timeout(timeout)
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const start = url.protocol === 'https:' ? requestHttps : requestHttp
      const framing: [string, string][] = [
        ['Host', url.host],
        ['Content-Length', String(body.length)],
        ['Connection', 'close'],
      ]
      const request = start(url, { method: 'POST', signal, agent: false, lookup: loopbackLookup, setHost: false })
      for (const [name, values] of grouped([...framing, ...sent])) request.setHeader(name, values)
      request.once('response', resolve).once('error', reject)
      request.end(body)
    })
    const answer = await beginningOf(response)
    const took = Math.round(performance.now() - startedAt)
    return { status: response.statusCode ?? 0, body: textDecoder(null).decode(answer), took }
  } catch (error) {
    if (signal.aborted) throw problem('timed_out', `${url.host} did not answer within ${timeout / 1000} s.`)
    throw unreachable(url, errorCodeIn(error))
  }
}

/** A header that came several times is sent several times. */
function grouped(pairs: readonly (readonly [string, string])[]): [string, string | string[]][] {
  const groups = Map.groupBy(pairs, ([name]) => name.toLowerCase())
  return [...groups.values()].map((group) => {
    const values = group.map(([, value]) => value)
    return [group[0]?.[0] ?? '', values.length === 1 ? (values[0] ?? '') : values]
  })
}

/** Names of this machine, whatever a name server says of them. @see https://www.rfc-editor.org/rfc/rfc6761#section-6.3 */
const loopbackLookup: LookupFunction = (_hostname, { all }, callback) => {
  if (!all) return callback(null, '127.0.0.1', 4)
  callback(null, [
    { address: '127.0.0.1', family: 4 },
    { address: '::1', family: 6 },
  ])
}

async function beginningOf(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    size += chunk.length
    if (size >= longestAnswer) break
  }
  return Buffer.concat(chunks).subarray(0, longestAnswer)
}

function unreachable({ host }: URL, code: string | null): Problem {
  const message =
    code === 'ECONNREFUSED' ? `Nothing listens at ${host}.` : `${host} could not be reached${code ? ` (${code})` : ''}.`
  return new Problem({ kind: 'network', code, message, remedy: 'Start your server, or correct the address.' })
}
