// HTTP as bytes on a socket, so that a test can send what no client library would.
import { connect } from 'node:net'

export interface RawAnswer {
  status: number
  headers: Map<string, string>
  body: string
}

/** Sends `text` as it is and reads to the end of the connection; status 0 where nothing came. */
export function sendRaw(port: number, text: string, timeout = 30_000): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    let received = ''
    const end = () => resolve(readAnswer(received))
    socket.setEncoding('utf8')
    socket.on('data', (chunk) => {
      received += chunk
    })
    socket.setTimeout(timeout, () => socket.destroy())
    socket.on('error', () => undefined)
    socket.on('close', end)
  })
}

function readAnswer(text: string): RawAnswer {
  const [head = '', ...rest] = text.split('\r\n\r\n')
  const [first = '', ...lines] = head.split('\r\n')
  const headers = new Map(
    lines.map((line) => {
      const at = line.indexOf(':')
      return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()]
    }),
  )
  return { status: Number(first.split(' ')[1] ?? 0), headers, body: rest.join('\r\n\r\n') }
}

/** A request's text: `headers` replace or, as `null`, remove the usual ones. */
export function rawRequest(
  target: string,
  port: number,
  {
    method = 'GET',
    headers = {},
    body = '',
  }: { method?: string; headers?: Record<string, string | null>; body?: string } = {},
): string {
  const usual: Record<string, string | null> = { Host: `127.0.0.1:${port}`, Connection: 'close' }
  if (method === 'POST') {
    usual.Origin = `http://127.0.0.1:${port}`
    usual['Content-Type'] = 'application/json'
    usual['Content-Length'] = String(Buffer.byteLength(body))
  }
  const lines = Object.entries({ ...usual, ...headers }).flatMap(([name, value]) =>
    value === null ? [] : [`${name}: ${value}`],
  )
  return `${method} ${target} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`
}
