// A recorded request in one short line, as `GET /callback?code&state`. Recorded URLs need not parse.

/** The parts of a recorded URL; what is missing is empty. */
function partsOf(url: string): { origin: string; host: string; path: string; query: string } {
  const found = /^([a-z][a-z0-9+.-]*:)(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?/i.exec(url)
  if (found === null) {
    const [path = '', query = ''] = (url.split('#')[0] ?? '').split(/\?(.*)/s)
    return { origin: '', host: '', path, query }
  }
  const [, scheme = '', host = '', path = '', query = ''] = found
  return { origin: host === '' ? scheme : `${scheme}//${host}`, host, path, query }
}

/** Host and port of a recorded URL; empty if it names none. */
export function hostIn(url: string): string {
  return partsOf(url).host
}

/** The names of a query's parameters, as they came. */
function queryNames(query: string): string {
  return query
    .split('&')
    .map((pair) => pair.split('=')[0] ?? '')
    .filter(Boolean)
    .join('&')
}

/** Method, path and the names of the query's parameters; with the host where `withHost` says so. */
export function requestLine({ method, url }: { method: string; url: string }, withHost = false): string {
  const { origin, host, path, query } = partsOf(url)
  const isWeb = host !== '' && /^https?:/i.test(origin)
  const where = isWeb ? (withHost ? host : '') : origin
  const names = queryNames(query)
  return `${method} ${where}${path || '/'}${names === '' ? '' : `?${names}`}`
}

/** The query of a recorded URL, without its question mark; recorded URLs need not parse. */
export function queryOf(url: string): string {
  const start = url.indexOf('?')
  return start === -1 ? '' : (url.slice(start + 1).split('#')[0] ?? '')
}
