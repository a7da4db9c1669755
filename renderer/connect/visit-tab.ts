// In a served tab, the page of an attempt opens in this browser: the host may be on a machine without one. A tab is opened at the
// person's click, before it is known where it goes, because browsers block those that open later.
import type { Attempt } from '../../contract/attempt.ts'

export interface VisitTab {
  /** Goes to the page that the attempt waits for, or closes where it waits for none. */
  show(attempt: Attempt | null): void
}

/** `null` where the browser blocks it; then the person opens the address by its link. */
export function openVisitTab(): VisitTab | null {
  const tab = window.open('', '_blank')
  if (tab === null) return null
  // What is opened there never reaches back into this page.
  tab.opener = null
  tab.document.title = 'Grantdesk'
  tab.document.body.textContent = 'Grantdesk prepares the sign-in …'
  return {
    show(attempt) {
      const address = attempt && pageOf(attempt)
      if (address) tab.location.replace(address)
      else tab.close()
    },
  }
}

/** The page on the web that the person is to be sent to; `null` if there is none. */
export function pageOf(attempt: Attempt): string | null {
  const address =
    attempt.state === 'awaiting_device'
      ? (attempt.verificationUriComplete ?? attempt.verificationUri)
      : 'authorizationUrl' in attempt
        ? attempt.authorizationUrl
        : null
  return address !== null && /^https?:/i.test(address) ? address : null
}
