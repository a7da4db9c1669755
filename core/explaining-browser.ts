// The host's browser, whose refusals become words for the person.
import type { Browser } from './ports.ts'
import { problem } from './problem.ts'

/** Opens addresses as `browser` does. Throws `not_supported` where it cannot. */
export function explainingBrowser(browser: Browser): Browser {
  return {
    async open(url) {
      await browser.open(url).catch((error: unknown) => {
        const why = error instanceof Error ? error.message : 'The browser could not be opened.'
        throw problem('not_supported', why, 'Copy the address and open it in any browser.')
      })
    },
  }
}
