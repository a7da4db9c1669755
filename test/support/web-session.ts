// A person with a browser at real login and consent pages, without a browser: follows redirects, keeps cookies, fills
// in the forms that the pages hold, hidden fields too, and presses a button or link by its words. No script; it ends
// at the first address that is not the server's own.

export interface Person {
  name: string
  password: string
}

export interface VisitEnd {
  /** Where the server sent the browser in the end, or `null` where it showed a page of its own. */
  redirect: URL | null
  status: number
  page: string
}

interface Page {
  url: URL
  status: number
  html: string
}

interface Form {
  action: URL
  method: string
  fields: Field[]
}

interface Field {
  type: string
  name: string
  value: string
  words: string
}

interface Cookie {
  name: string
  value: string
  path: string
}

const words = { allow: /^(?:authorize|continue|allow)$/i, deny: /^\W*(?:cancel|deny)\W*$/i }

export class WebSession {
  readonly #person: Person
  #cookies: Cookie[] = []

  constructor(person: Person = { name: 'alice', password: 'alice-pw' }) {
    this.#person = person
  }

  /** Opens the address, signs in where asked, and presses Allow or Deny; ends where no form is left. */
  async visit(address: string, decision: 'allow' | 'deny' = 'allow'): Promise<VisitEnd> {
    let now = await this.#open(new URL(address))
    for (let pages = 0; pages < 6; pages++) {
      if (now instanceof URL) return { redirect: now, status: 302, page: '' }
      const next = this.#press(now, decision)
      if (next === null) return { redirect: null, status: now.status, page: now.html }
      now = await next
    }
    throw new Error('The pages of the server lead nowhere')
  }

  #press(page: Page, decision: 'allow' | 'deny'): Promise<Page | URL> | null {
    const forms = formsOf(page)
    const login = forms.find(({ fields }) => fields.some(({ type }) => type === 'password'))
    if (login) return this.#submit(login, login.fields.find(isButton))
    for (const form of forms) {
      const button = form.fields.find((field) => isButton(field) && words[decision].test(field.words))
      if (button) return this.#submit(form, button)
    }
    const link = linksOf(page).find((one) => words[decision].test(one.words))
    return link ? this.#open(link.url) : null
  }

  #submit(form: Form, pressed: Field | undefined): Promise<Page | URL> {
    const body = new URLSearchParams()
    for (const field of form.fields) {
      // Only the button that is pressed is sent, as browsers do.
      if (!field.name || (isButton(field) && field !== pressed)) continue
      const typed = { password: this.#person.password, text: this.#person.name }[field.type]
      body.append(field.name, typed ?? field.value)
    }
    return this.#open(form.action, form.method === 'post' ? body : undefined)
  }

  /** Follows redirects within the server; answers the page, or the address elsewhere without going there. */
  async #open(start: URL, form?: URLSearchParams): Promise<Page | URL> {
    let url = start
    let body = form
    for (let hop = 0; hop < 10; hop++) {
      const response = await fetch(url, {
        method: body ? 'POST' : 'GET',
        body,
        headers: { cookie: this.#cookieHeader(url) },
        redirect: 'manual',
        signal: AbortSignal.timeout(10_000),
      })
      this.#keep(response, url)
      const html = await response.text()
      const location = response.headers.get('location')
      if (!location) return { url, status: response.status, html }
      const next = new URL(location, url)
      if (next.origin !== start.origin) return next
      url = next
      body = undefined
    }
    throw new Error('The server redirects for ever')
  }

  #cookieHeader({ pathname }: URL): string {
    const within = (path: string) => pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`)
    const fitting = this.#cookies.filter(({ path }) => within(path))
    return fitting.map(({ name, value }) => `${name}=${value}`).join('; ')
  }

  #keep(response: Response, { pathname }: URL): void {
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(/;\s*/)
      const at = pair.indexOf('=')
      const attribute = (name: string) =>
        attributes.find((one) => one.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1)
      const cookie = {
        name: pair.slice(0, at),
        value: pair.slice(at + 1),
        path: attribute('path') ?? (pathname.replace(/\/[^/]*$/, '') || '/'),
      }
      const ended = attribute('max-age') === '0' || Date.parse(attribute('expires') ?? '') <= Date.now()
      this.#cookies = this.#cookies.filter(({ name, path }) => name !== cookie.name || path !== cookie.path)
      if (!ended) this.#cookies.push(cookie)
    }
  }
}

function isButton({ type }: Field): boolean {
  return type === 'submit' || type === 'button'
}

function formsOf({ html, url }: Page): Form[] {
  return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/gi)].map(([, opening = '', inside = '']) => {
    const { action, method } = attributesOf(opening)
    return {
      action: new URL(action || url.href, url),
      method: (method ?? 'get').toLowerCase(),
      fields: fieldsOf(inside),
    }
  })
}

function fieldsOf(html: string): Field[] {
  const found = html.matchAll(/<input\b([^>]*)>|<button\b([^>]*)>([\s\S]*?)<\/button>/gi)
  return [...found].map(([, input, button, label]) => {
    const { type, name = '', value = '' } = attributesOf(input ?? button ?? '')
    const kind = type ?? (button === undefined ? 'text' : 'submit')
    return { type: kind, name, value, words: button === undefined ? value : textOf(label ?? '') }
  })
}

function linksOf({ html, url }: Page): { url: URL; words: string }[] {
  return [...html.matchAll(/<a\b([^>]*)>([\s\S]*?)<\/a>/gi)].map(([, opening = '', inside = '']) => ({
    url: new URL(attributesOf(opening).href ?? '', url),
    words: textOf(inside),
  }))
}

function attributesOf(opening: string): Record<string, string> {
  const found = opening.matchAll(/([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g)
  return Object.fromEntries(
    [...found].map(([, name = '', double, single, bare]) => [name, unescaped(double ?? single ?? bare ?? '')]),
  )
}

function textOf(html: string): string {
  return unescaped(html.replace(/<[^>]*>/g, '')).trim()
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function unescaped(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (all, decimal, hex, name) => {
    if (name) return entities[name] ?? all
    return String.fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hex, 16))
  })
}
