// What a person does in the window, by the words on the screen; and in the browser that the window opens.
import { chromium, type Page } from 'playwright-core'
import { quietChromium } from '../support/chromium.ts'
import { nextAddress, openedAddresses } from '../support/system-browser.ts'

export interface Visitor {
  /** Takes the next address that the system's browser is asked to open, and answers the consent page there. */
  decide(decision: 'Allow' | 'Deny'): Promise<void>
  close(): Promise<void>
}

/** A Chromium in the place of the system's browser. */
export async function startVisitor(executablePath: string, opened: string): Promise<Visitor> {
  const browser = await chromium.launch({ executablePath, args: quietChromium })
  let visited = openedAddresses(opened).length
  return {
    async decide(decision) {
      const page = await browser.newPage()
      await page.goto(await nextAddress(opened, visited))
      visited += 1
      await page.getByRole('button', { name: decision }).click()
      await page.waitForURL(/^http:\/\/127\.0\.0\.1:\d+\/callback/)
      await page.close()
    },
    close: () => browser.close(),
  }
}

/** Starts the practice services from the first screen. */
export async function startPractice(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Try with practice services' }).first().click()
  await page.getByRole('button', { name: 'Connect a service' }).first().click()
  await page.getByRole('button', { name: /^Practice Plane\b/ }).waitFor()
  await page.getByRole('button', { name: 'Cancel' }).click()
}

/** Goes through the wizard's four steps with practice Plane, the browser's page answered by `visitor`. */
export async function connectPlane(
  page: Page,
  visitor: Visitor,
  whileWaiting: () => Promise<void> = async () => undefined,
): Promise<void> {
  await page.getByRole('button', { name: 'New connection' }).click()
  await page.getByRole('button', { name: /^Practice Plane\b/ }).click()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  await page.getByRole('button', { name: 'Open again' }).waitFor()
  await whileWaiting()
  await visitor.decide('Allow')
  await page.getByRole('button', { name: 'Show connection' }).click()
}

/** Reads the access token as a person would, and hides it again. */
export async function revealToken(page: Page): Promise<string> {
  await page.getByRole('tab', { name: 'Token' }).click()
  await page.getByRole('button', { name: 'Reveal', exact: true }).click()
  const token = await page.getByLabel('The access token', { exact: true }).textContent()
  await page.getByRole('button', { name: 'Hide', exact: true }).click()
  return (token ?? '').trim()
}
