// What a command tells of an attempt that waits for the person, and the browser that it opens itself.
import type { Attempt } from '../contract/attempt.ts'
import { systemBrowser } from './browser.ts'
import { note, plainLine } from './output.ts'

export type Waiting = Extract<Attempt, { closesAt: number }>

/** In the browser of this command's own machine and session. */
export async function openHere(attempt: Waiting): Promise<void> {
  const address =
    attempt.state === 'awaiting_device'
      ? (attempt.verificationUriComplete ?? attempt.verificationUri)
      : attempt.authorizationUrl
  await systemBrowser()
    .open(address)
    .catch((error: unknown) => note(failedBrowser(error instanceof Error ? error.message : 'No browser was started.')))
}

/** Prints each piece of news about a waiting attempt once. */
export function createNews(onBrowserFailed: (attempt: Waiting, words: string) => void): (attempt: Waiting) => void {
  const said = new Set<string>()
  const once = (news: string, print: () => void) => {
    if (!said.has(news)) print()
    said.add(news)
  }
  return (attempt) => {
    if (attempt.browserFailed !== null) {
      const words = failedBrowser(attempt.browserFailed)
      once(words, () => onBrowserFailed(attempt, words))
    }
    if (attempt.state === 'awaiting_redirect' && attempt.unproven !== null) {
      const words = plainLine(attempt.unproven)
      const news = `An error came back that nothing proves to be the answer: ${words}. Still waiting; Ctrl-C cancels.`
      once(news, () => note(news))
    }
  }
}

function failedBrowser(why: string): string {
  return `${plainLine(why)} Open the address yourself.`
}
