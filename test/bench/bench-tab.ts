// Grantdesk in a tab of a real Chromium, over a host of its own, for measures of what the person sees.
import { type Browser, chromium, type Page } from 'playwright-core'
import { findChromium, quietChromium } from '../support/chromium.ts'
import { makeVault } from './bench-vault.ts'
import { startHost } from './programs.ts'
import type { TokenServer } from './token-server.ts'

/** What is in the page once it shows what it holds. */
export const frameWithRows = '[data-row]'
export const emptyFrame = 'nav[aria-label="Main"]'

export interface BenchTab {
  page: Page
  /** Loads the page anew; milliseconds until the frame in which `content` is drawn. */
  paint(content: string): Promise<number>
  close(): Promise<void>
}

/** `null` where there is no Chromium. */
export async function openBrowser(): Promise<Browser | null> {
  const executablePath = findChromium()
  return executablePath === null ? null : chromium.launch({ executablePath, args: quietChromium })
}

declare global {
  interface Window {
    paintedAt?: number
  }
}

/** Notes when the frame after `selector` first matched was drawn. */
function watchForContent(selector: string): void {
  const look = () => {
    if (!document.querySelector(selector)) return
    observer.disconnect()
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        window.paintedAt = performance.now()
      }),
    )
  }
  const observer = new MutationObserver(look)
  observer.observe(document, { childList: true, subtree: true })
}

/** A host with so many connections, and a tab on it. */
export async function openTab(browser: Browser, connections: number, server: TokenServer): Promise<BenchTab> {
  const made = await makeVault({ connections }, server)
  const host = await startHost(made.folder)
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' })
  const page = await context.newPage()
  await page.addInitScript(watchForContent, connections === 0 ? emptyFrame : frameWithRows)
  await page.goto(host.address)
  return {
    page,
    async paint(content) {
      await page.reload()
      await page.waitForSelector(content)
      const painted = await page.waitForFunction(() => window.paintedAt)
      return (await painted.jsonValue()) ?? Number.NaN
    },
    async close() {
      await context.close()
      await host.stop()
      made.remove()
    },
  }
}
