// An HTTP Archive as a browser's developer tools write one, made of a few words an entry.

export interface Recorded {
  url: string
  method?: string
  form?: Record<string, string>
  headers?: Record<string, string>
  status?: number
  json?: unknown
  text?: string
  location?: string
  answerHeaders?: Record<string, string>
}

const pairs = (members: Record<string, string> = {}) =>
  Object.entries(members).map(([name, value]) => ({ name, value }))

/** One entry a second, from 09:15 on. */
export function entryOf({ url, form, status = 200, json, text, location, ...more }: Recorded, at: number) {
  const body = form && new URLSearchParams(form).toString()
  const content = json === undefined ? text : JSON.stringify(json)
  return {
    startedDateTime: new Date(Date.UTC(2026, 10, 30, 9, 15, at)).toISOString(),
    time: 40,
    request: {
      method: more.method ?? (form ? 'POST' : 'GET'),
      url,
      httpVersion: 'h2',
      headers: [{ name: ':authority', value: new URL(url).host }, ...pairs(more.headers)],
      queryString: [],
      cookies: [],
      headersSize: -1,
      bodySize: 0,
      ...(body ? { postData: { mimeType: 'application/x-www-form-urlencoded', text: body, params: [] } } : {}),
    },
    response: {
      status,
      statusText: '',
      httpVersion: 'h2',
      headers: pairs({
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        ...more.answerHeaders,
        ...(location ? { location } : {}),
      }),
      cookies: [],
      content: {
        size: content?.length ?? 0,
        mimeType: json === undefined ? 'text/html' : 'application/json',
        text: content,
      },
      redirectURL: location ?? '',
      headersSize: -1,
      bodySize: 0,
    },
    cache: {},
    timings: { send: 1, wait: 30, receive: 9, blocked: -1, dns: -1, ssl: -1 },
  }
}

export function archive(recorded: Recorded[]) {
  const creator = { name: 'WebInspector', version: '537.36' }
  return { log: { version: '1.2', creator, pages: [], entries: recorded.map(entryOf) } }
}
