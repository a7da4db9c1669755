// A person at login and consent pages that need no script, without a browser: follows redirects, keeps cookies, fills in forms
// and presses their buttons by plain requests. It ends as `WebSession` does, at a hundredth of a Chromium's CPU time.
import {
  type Decision,
  decisionButtons,
  mostPages,
  type Person,
  type Visit,
  type VisitEnd,
  type Visitor,
} from './web-session.ts'

/** What a press sends, and where to. */
interface Press {
  url: URL
  body?: URLSearchParams
}

interface Answer {
  url: URL
  status: number
  /** Where it sends the browser on. */
  location: URL | null
  page: string
}

const mostRedirects = 12

export class PlainSession implements Visitor {
  protected readonly person: Person
  #cookies = new Map<string, string>()

  constructor(person: Person = { name: 'alice', password: 'alice-pw' }) {
    this.person = person
  }

  async visit(address: string, { decision = 'allow', userCode = '' }: Visit = {}): Promise<VisitEnd> {
    const { origin } = new URL(address)
    const unsaid = { userCode }
    let press: Press | null = { url: new URL(address) }
    for (let pages = 0; pages < mostPages; pages++) {
      const { url, status, page } = await this.#follow(press, origin)
      press = url.origin === origin ? this.#nextPress(page, url, decision, unsaid) : null
      if (!press) return { redirect: url.origin === origin ? null : url, status, page, words: wordsOf(page) }
    }
    throw new Error(`The pages of the server lead nowhere: ${press?.url}`)
  }

  /** The person leaves, and takes the cookies along. */
  async close(): Promise<void> {
    this.#cookies.clear()
  }

  /** One request, with the cookies of the server. */
  protected async request({ url, body }: Press, more: RequestInit = {}): Promise<Answer> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const method = body ? 'POST' : 'GET'
    const response = await fetch(url, {
      method,
      body,
      redirect: 'manual',
      ...more,
      headers: { cookie, ...more.headers },
    })
    for (const text of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(text) ?? []
      this.#cookies.set(name, value)
    }
    const location = response.headers.get('location')
    const page = await response.text()
    return { url, status: response.status, location: location ? new URL(location, url) : null, page }
  }

  /** As far as it is sent on; elsewhere than at the server it is the listener of the application that answers, or nobody. */
  async #follow(press: Press, origin: string): Promise<Answer> {
    let answer = await this.request(press)
    for (let hops = 0; answer.location && hops < mostRedirects; hops++) {
      const { location, status } = answer
      if (location.origin === origin) answer = await this.request({ url: location })
      else return { url: location, location: null, ...(await visitListener(location, status)) }
    }
    return answer
  }

  /** What is pressed next on the page, its fields filled in; `null` where there is nothing. */
  #nextPress(page: string, url: URL, decision: Decision, unsaid: { userCode: string }): Press | null {
    const forms = formsOn(page)
    const login = forms.find(({ fields }) => fields.some(({ type }) => type === 'password'))
    if (login) return sent(login, url, ({ type }) => (type === 'password' ? this.person.password : this.person.name))
    const asking = forms.find(({ fields }) => fields.some(({ name, type }) => name === 'user_code' && type === 'text'))
    if (asking && !unsaid.userCode) return null
    const form =
      asking ?? forms.find(({ buttons }) => buttons.some(({ words }) => decisionButtons[decision].test(words)))
    const { userCode } = unsaid
    if (asking) unsaid.userCode = ''
    const words = decisionButtons[asking ? 'allow' : decision]
    if (form) return sent(form, url, () => userCode, words)
    const link = linksOn(page).find((one) => words.test(one.words))
    return link ? { url: new URL(link.href, url) } : null
  }
}

/** What the listener of the application answers, if the address is one here; `before` is the status until then. */
export async function visitListener(url: URL, before: number): Promise<{ status: number; page: string }> {
  const isHere = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)
  const response = isHere ? await fetch(url).catch(() => null) : null
  return response ? { status: response.status, page: await response.text() } : { status: before, page: '' }
}

interface Field {
  name: string
  type: string
  value: string
}

interface Button {
  name: string
  value: string
  words: string
}

interface Form {
  action: string
  fields: Field[]
  buttons: Button[]
}

/** What the browser sends when the form's button with these words is pressed; `typed` is what the person types into a field. */
function sent({ action, fields, buttons }: Form, url: URL, typed: (field: Field) => string, words = /./): Press {
  const body = new URLSearchParams()
  for (const field of fields) body.append(field.name, field.type === 'hidden' ? field.value : typed(field))
  const button = buttons.find((one) => words.test(one.words))
  if (button?.name) body.append(button.name, button.value)
  return { url: new URL(action, url), body }
}

function formsOn(page: string): Form[] {
  return [...page.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gis)].map(([, head = '', inside = '']) => {
    const { id, action = '' } = attributesOf(head)
    const fields: Field[] = []
    const buttons: Button[] = []
    for (const [, tag = ''] of inside.matchAll(/<input\b([^>]*)>/gi)) {
      const { name = '', type = 'text', value = '' } = attributesOf(tag)
      if (type === 'submit') buttons.push({ name, value, words: value })
      else fields.push({ name, type, value })
    }
    for (const [, tag = '', text = ''] of page.matchAll(/<button\b([^>]*)>(.*?)<\/button>/gis)) {
      const { name = '', value = '', form } = attributesOf(tag)
      // A button may stand outside of the form that it names.
      if (form === undefined ? inside.includes(tag) : form === id) buttons.push({ name, value, words: wordsOf(text) })
    }
    return { action, fields, buttons }
  })
}

function linksOn(page: string): { href: string; words: string }[] {
  return [...page.matchAll(/<a\b([^>]*)>(.*?)<\/a>/gis)].map(([, tag = '', text = '']) => ({
    href: attributesOf(tag).href ?? '',
    words: wordsOf(text),
  }))
}

function attributesOf(tag: string): Record<string, string | undefined> {
  const found = tag.matchAll(/([\w-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g)
  return Object.fromEntries([...found].map(([, name = '', ...values]) => [name, decoded(values.find(Boolean) ?? '')]))
}

/** What a person reads: some tags stand within a word, the others between words. */
function wordsOf(page: string): string {
  const unseen = /<(head|style|script)\b.*?<\/\1>/gis
  const within = /<\/?(?:a|b|code|em|i|span|strong)\b[^>]*>/gi
  const drawn = page
    .replace(unseen, ' ')
    .replace(within, '')
    .replace(/<[^>]*>/g, ' ')
  return decoded(drawn).replace(/\s+/g, ' ').trim()
}

function decoded(text: string): string {
  const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
  return text.replace(/&(?:#x([\da-f]+)|#(\d+)|([a-z]+));/gi, (whole, hex, decimal, name) => {
    if (name) return named[name] ?? whole
    return String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(decimal))
  })
}
