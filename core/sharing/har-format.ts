// The parts of an HTTP Archive that Grantdesk writes. Readers ignore members whose names begin with an underscore.
// @see http://www.softwareishard.com/blog/har-12-spec/

export interface HarPair {
  name: string
  value: string
}

export interface HarEntry {
  startedDateTime: string
  /** Milliseconds, as in `timings`. */
  time: number
  request: {
    method: string
    url: string
    httpVersion: string
    cookies: HarPair[]
    headers: HarPair[]
    queryString: HarPair[]
    postData?: { mimeType: string; text: string; params?: HarPair[] }
    headersSize: number
    bodySize: number
  }
  response: {
    status: number
    statusText: string
    httpVersion: string
    cookies: HarPair[]
    headers: HarPair[]
    content: { size: number; mimeType: string; text?: string; comment?: string }
    redirectURL: string
    headersSize: number
    bodySize: number
    comment?: string
  }
  cache: Record<string, never>
  timings: { send: number; wait: number; receive: number }
  comment?: string
  /** Which event of the flow it shows. */
  _grantdesk: { event: string }
}

export interface Har {
  log: {
    version: '1.2'
    creator: { name: string; version: string }
    /** What HTTP messages alone do not tell: the flow's head, and its events without their messages. */
    _grantdesk: { flow: object; events: object[] }
    entries: HarEntry[]
  }
}
