// A person with a browser at real login and consent pages: a Chromium, started once for each worker, and in it a
// tab of its own for each person, with that person's cookies. Signs in, enters a user code where a page asks for one,
// and presses a button or link by its words, until a page is left on which there is nothing to press.
import type { Locator, Page, Request, Response } from 'playwright-core'
import { sharedChromium } from './chromium.ts'
import { longestWait } from './longest-wait.ts'

export interface Person {
  name: string
  password: string
}

export type Decision = 'allow' | 'deny'

export interface VisitEnd {
  /** Where the server sent the browser in the end, or `null` where it showed a page of its own. */
  redirect: URL | null
  status: number
  /** The last page as the browser holds it, and what a person reads on it. */
  page: string
  words: string
}

export interface Visit {
  decision?: Decision
  /** What the page of the device grant asks for. */
  userCode?: string
}

/** Somebody who goes through the pages of a server. */
export interface Visitor {
  visit(address: string, visit?: Visit): Promise<VisitEnd>
  close(): Promise<void>
}

/** What is written on the buttons and links by which servers are answered. */
export const decisionButtons = { allow: /^(?:authorize|continue|allow)$/i, deny: /^\W*(?:cancel|deny|abort)\W*$/i }
export const mostPages = 8

/** Tabs that somebody has left, without a cookie: a new one takes most of a second. */
const left: Page[] = []

async function freshTab(): Promise<Page> {
  const spare = left.pop()
  if (spare) return spare
  const page = await (await (await sharedChromium()).newContext()).newPage()
  page.setDefaultTimeout(longestWait)
  return page
}

export class WebSession implements Visitor {
  protected readonly person: Person
  #tab: Promise<Page> | null = null

  constructor(person: Person = { name: 'alice', password: 'alice-pw' }) {
    this.person = person
  }

  /** Opens the address, signs in where asked, and presses Allow or Deny; ends where nothing is left to press. */
  async visit(address: string, visit: Visit = {}): Promise<VisitEnd> {
    const intent = { decision: visit.decision ?? 'allow', userCode: visit.userCode ?? '' }
    const page = await this.tab()
    const { origin } = new URL(address)
    let status = 0
    let asked = address
    const ask = (request: Request) => {
      if (request.isNavigationRequest() && request.frame() === page.mainFrame()) asked = request.url()
    }
    page.on('request', ask)
    const follow = (response: Response) => {
      const request = response.request()
      if (!request.isNavigationRequest() || request.frame() !== page.mainFrame()) return
      status = response.status()
      const { location } = response.headers()
      if (location) asked = new URL(location, request.url()).href
    }
    page.on('response', follow)
    try {
      // A server without a page may send the browser on at once to where nothing is.
      const failed = await page.goto(address, { waitUntil: 'domcontentloaded' }).then(
        () => null,
        (error: unknown) => error,
      )
      if (failed && asked === address) throw failed
      if (failed) {
        this.#tab = null
        await page.context().close()
        return { redirect: new URL(asked), status, page: '', words: '' }
      }
      for (let pages = 0; pages < mostPages; pages++) {
        // An address that leads nowhere from here stands in the address bar all the same.
        const url = new URL(page.url().startsWith('chrome-error:') ? asked : page.url())
        const button = url.origin === origin ? await this.#nextButton(page, intent) : null
        if (button) {
          await pressed(page, button)
          continue
        }
        const words = (await page.locator('body').allInnerTexts()).join(' ').replace(/\s+/g, ' ').trim()
        return { redirect: url.origin === origin ? null : url, status, page: await page.content(), words }
      }
      throw new Error(`The pages of the server lead nowhere: ${page.url()}`)
    } finally {
      page.off('request', ask)
      page.off('response', follow)
    }
  }

  protected tab(): Promise<Page> {
    this.#tab ??= freshTab()
    return this.#tab
  }

  /** The person leaves, and takes the cookies along. */
  async close(): Promise<void> {
    const page = await this.#tab
    this.#tab = null
    if (!page) return
    await page.context().clearCookies()
    left.push(page)
  }

  /** The button that the page wants pressed next, its fields filled in; `null` where there is none. */
  async #nextButton(page: Page, intent: Required<Visit>): Promise<Locator | null> {
    const password = page.locator('input[type=password]')
    if ((await password.count()) > 0) {
      await page.locator('input[type=text], input:not([type])').first().fill(this.person.name)
      await password.fill(this.person.password)
      return page.locator('form button, form input[type=submit]').first()
    }
    const code = page.locator('input[name=user_code][type=text]')
    const asksForCode = (await code.count()) > 0
    if (asksForCode) {
      if (!intent.userCode) return null
      await code.fill(intent.userCode)
      intent.userCode = ''
    }
    const name = decisionButtons[asksForCode ? 'allow' : intent.decision]
    const button = page.getByRole('button', { name }).or(page.getByRole('link', { name })).first()
    return (await button.count()) > 0 ? button : null
  }
}

async function pressed(page: Page, button: Locator): Promise<void> {
  await Promise.all([page.waitForEvent('domcontentloaded'), button.click()])
}
