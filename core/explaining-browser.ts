// Opens the host's browser and turns its errors into messages for the person.
import type { Browser } from './ports.ts'
import { problem } from './problem.ts'

/** Wraps `browser`; throws `not_supported` if it cannot open an address. */
export function explainingBrowser(browser: Browser): Browser {
  return {
    ...browser,
    async open(url) {
      await browser.open(url).catch((error: unknown) => {
        const why = error instanceof Error ? error.message : 'The browser could not be opened.'
        throw problem('not_supported', why, 'Copy the address and open it in any browser.')
      })
    },
  }
}
