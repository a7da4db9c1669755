// Token requests as JSON, for servers that take no form.

/** Sends what would be a form as a JSON object; a parameter that is there several times becomes a list. */
export function sendingJson(send: typeof globalThis.fetch): typeof globalThis.fetch {
  return (input, init) => {
    const form = init?.body
    if (!(form instanceof URLSearchParams)) return send(input, init)
    const members = [...new Set(form.keys())].map((name) => {
      const values = form.getAll(name)
      return [name, values.length > 1 ? values : values[0]]
    })
    const headers = new Headers(init?.headers)
    headers.set('content-type', 'application/json')
    return send(input, { ...init, headers, body: JSON.stringify(Object.fromEntries(members)) })
  }
}
