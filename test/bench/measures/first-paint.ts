// How soon a tab shows what the vault holds, with 1,000 connections against an empty vault, and how smoothly a thousand
// rows scroll.
import type { Page } from 'playwright-core'
import { emptyFrame, frameWithRows, openBrowser, openTab } from '../bench-tab.ts'
import { inTurns, type Measure } from '../measure.ts'
import { startTokenServer } from '../token-server.ts'

/** Frames a second while the list scrolls through for two seconds. */
function framesWhileScrolling(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((done) => {
        const rows = document.querySelector('[data-row]')
        let scroller = rows?.parentElement
        while (scroller && scroller.scrollHeight <= scroller.clientHeight) scroller = scroller.parentElement
        if (!scroller) throw new Error('Nothing scrolls.')
        const [began, all] = [performance.now(), scroller.scrollHeight - scroller.clientHeight]
        let frames = 0
        const next = () => {
          const passed = performance.now() - began
          scroller.scrollTop = (all * passed) / 2_000
          frames += 1
          if (passed < 2_000) requestAnimationFrame(next)
          else done((frames * 1_000) / passed)
        }
        requestAnimationFrame(next)
      }),
  )
}

export const firstPaint: Measure = {
  name: 'first-paint',
  about: 'a tab’s first paint with 1,000 connections against an empty vault; frames a second while scrolling',
  async take() {
    const browser = await openBrowser()
    if (!browser) return { skipped: 'no Chromium here' }
    const server = await startTokenServer()
    const [full, empty] = [await openTab(browser, 1_000, server), await openTab(browser, 0, server)]
    try {
      const { ours, reference } = await inTurns(
        12,
        () => full.paint(frameWithRows),
        () => empty.paint(emptyFrame),
        2,
      )
      const frames: number[] = []
      for (let round = 0; round < 5; round++) frames.push(await framesWhileScrolling(full.page))
      return [
        {
          label: 'first paint, 1,000 connections',
          unit: 'ms',
          ours,
          reference: { label: 'empty vault', samples: reference },
          bound: { ratio: 1.3 },
        },
        { label: 'scrolling a thousand rows', unit: 'per second', ours: frames, bound: { least: 55 } },
      ]
    } finally {
      for (const tab of [full, empty]) await tab.close()
      await browser.close()
      await server.close()
    }
  },
}
