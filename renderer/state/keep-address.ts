// Keeps the page's address and what is on screen in step: what the person opens becomes an entry of the browser's history,
// and back, forward and a reload show it again. The page itself is never left: only its fragment changes.
import { addressOf, type Place, placeAt } from './address.ts'

/** What of a window is needed. */
export interface AddressBar {
  location: Pick<Location, 'hash' | 'pathname' | 'search'>
  history: Pick<History, 'pushState'>
  addEventListener(type: 'popstate', listener: () => void): void
}

/** What of the store is needed. */
interface Shown {
  getState(): Place
  subscribe(listener: (now: Place) => void): unknown
  /** Shows a place that an address led to. */
  show(place: Place): void
}

/** Begins with the place that the address names; a fragment that is none of ours is left alone until something is opened. */
export function keepAddress(shown: Shown, bar: AddressBar): void {
  let current = bar.location.hash

  function follow() {
    const place = placeAt(bar.location.hash)
    if (place === null) return
    // Noted first, so that showing it makes no entry of its own.
    current = addressOf(place)
    const now = shown.getState()
    if (current === addressOf(now)) return
    // What was given to a screen besides what its address says stays, and with it what was filled in there.
    const isSame = addressOf({ ...place, openFlowId: null }) === addressOf({ ...now, openFlowId: null })
    shown.show(isSame ? { ...place, screen: now.screen } : place)
  }

  follow()
  // The browser tells of back, of forward and of a fragment that somebody typed in the same way.
  bar.addEventListener('popstate', follow)
  shown.subscribe((now) => {
    const address = addressOf(now)
    if (address === current) return
    current = address
    bar.history.pushState(null, '', `${bar.location.pathname}${bar.location.search}${address}`)
  })
}
