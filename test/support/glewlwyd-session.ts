// A person at Glewlwyd's pages, which a script draws: signs in, grants the scopes that are asked for, enters a user code, and
// continues, until the browser is sent on or the page has nothing more to ask.
import type { Page } from 'playwright-core'
import { until } from './child.ts'
import { PlainSession, visitListener } from './plain-session.ts'
import { type Visit, type VisitEnd, WebSession } from './web-session.ts'

/** What each step shows, and the button that ends it. */
const steps = {
  signIn: { shows: '#password', button: '#loginbut' },
  userCode: { shows: 'input[maxlength="9"]', button: 'button.btn-primary' },
  scopes: { shows: 'input[id^="grant-"]', button: 'button.btn-primary' },
  continue: { shows: 'button.btn-success', button: 'button.btn-success' },
}
type Step = keyof typeof steps

export class GlewlwydSession extends WebSession {
  override async visit(address: string, { userCode = '' }: Visit = {}): Promise<VisitEnd> {
    const page = await this.tab()
    const response = await page.goto(address, { waitUntil: 'domcontentloaded' })
    for (let step = await nextStep(page); step; step = await nextStep(page)) await this.#take(page, step, userCode)
    const url = new URL(page.url())
    const words = (await page.locator('body').allInnerTexts()).join(' ').replace(/\s+/g, ' ').trim()
    const redirect = url.origin === new URL(address).origin ? null : url
    return { redirect, status: response?.status() ?? 0, page: await page.content(), words }
  }

  async #take(page: Page, step: Step, userCode: string): Promise<void> {
    const shown = page.locator(steps[step].shows)
    if (step === 'signIn') {
      await page.locator('#username').fill(this.person.name)
      await shown.fill(this.person.password)
    }
    if (step === 'userCode') await shown.fill(userCode)
    if (step === 'scopes') for (const scope of await shown.all()) await scope.check()
    await page.locator(steps[step].button).first().click()
    await shown.first().waitFor({ state: 'hidden' })
  }
}

/** What the page asks next, once it is drawn; `null` where it is another's, or says how it ended. */
async function nextStep(page: Page): Promise<Step | null> {
  let found: Step | null = null
  const isOver = () => !page.url().includes('/login.html') || /[?&]prompt=device[A-Z]/.test(page.url())
  await until(async () => {
    for (const step of Object.keys(steps) as Step[]) {
      // A page that is just being left holds nothing.
      if (await isShown(page, step).catch(() => false)) found = step
    }
    return found !== null || isOver()
  }, 'the page is drawn')
  return isOver() ? null : found
}

function isShown(page: Page, step: Step): Promise<boolean> {
  return page.locator(steps[step].shows).first().isVisible()
}

/** The same person without a browser: makes the requests that the script of the pages makes. */
export class PlainGlewlwydSession extends PlainSession {
  override async visit(address: string, { userCode = '' }: Visit = {}): Promise<VisitEnd> {
    const { origin } = new URL(address)
    const json = (method: string, body: object): RequestInit => ({
      method,
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    })
    const { name: username, password } = this.person
    await this.request({ url: new URL('/api/auth/', origin) }, json('POST', { username, password }))
    let answer = await this.request({ url: new URL(address) })
    for (let { location } = answer; location?.pathname.endsWith('/login.html'); { location } = answer) {
      const { client_id: client, scope, callback_url: back, prompt } = Object.fromEntries(location.searchParams)
      if (prompt === 'device') {
        const entered = new URL(address)
        entered.searchParams.set('code', userCode)
        answer = await this.request({ url: entered })
      } else if (client && scope && back) {
        await this.request({ url: new URL(`/api/auth/grant/${client}`, origin) }, json('PUT', { scope }))
        answer = await this.request({ url: new URL(`${back}${back.includes('?') ? '&' : '?'}g_continue`, origin) })
      } else break
    }
    const { location, status, page } = answer
    const shown = { redirect: null, status, page, words: location?.href ?? page }
    if (!location || location.origin === origin) return shown
    return { ...shown, redirect: location, ...(await visitListener(location, status)) }
  }
}
