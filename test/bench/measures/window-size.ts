// How much JavaScript and CSS the page has loaded when it shows what the vault holds, each file compressed as a server would.
import { readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { frameWithRows, openBrowser, openTab } from '../bench-tab.ts'
import type { Measure } from '../measure.ts'
import { startTokenServer } from '../token-server.ts'

const assets = resolve(import.meta.dirname, '../../../dist/renderer/assets')

const compressedKilobytes = (name: string) => gzipSync(readFileSync(join(assets, name))).length / 1_000

const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0)

export const windowSize: Measure = {
  name: 'window-size',
  about: 'JavaScript and CSS that the page loads until its first paint, compressed',
  async take() {
    const browser = await openBrowser()
    if (!browser) return { skipped: 'no Chromium here' }
    const server = await startTokenServer()
    const tab = await openTab(browser, 5, server)
    try {
      const painted = await tab.paint(frameWithRows)
      const loaded = await tab.page.evaluate(
        (until) =>
          performance
            .getEntriesByType('resource')
            .filter(({ startTime }) => startTime < until)
            .map(({ name }) => name),
        painted,
      )
      const size = (ending: string) => {
        const names = new Set(
          loaded.map((url) => basename(new URL(url).pathname)).filter((name) => name.endsWith(ending)),
        )
        return sum([...names].map(compressedKilobytes))
      }
      return [
        { label: 'JavaScript until the first paint', unit: 'kB', ours: [size('.js')], bound: { most: 250 } },
        { label: 'CSS until the first paint', unit: 'kB', ours: [size('.css')], bound: { most: 25 } },
      ]
    } finally {
      await tab.close()
      await browser.close()
      await server.close()
    }
  },
}
