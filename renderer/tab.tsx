// The entry in a browser tab. Owns the proof that the host gave this tab in the address's fragment: kept for as long as the
// tab lives, so that it can be loaded again, and out of the address bar at once.
import './policy.ts'
import { draw, drawAccessDenied } from './draw.tsx'
import { reportUse } from './report-use.ts'
import { grantdesk } from './state/store.ts'
import { createTabDoor } from './tab-door.ts'

const proofKey = 'grantdesk-proof'

/** The proof in the address, else the one that this tab was given before. */
function takeProof(): string | null {
  const given = new URLSearchParams(location.hash.slice(1)).get('proof')
  if (given === null) return sessionStorage.getItem(proofKey)
  sessionStorage.setItem(proofKey, given)
  history.replaceState(null, '', location.pathname)
  return given
}

const proof = takeProof()
if (proof === null) drawAccessDenied()
else {
  const door = createTabDoor({
    fetch: (...request) => fetch(...request),
    proof,
    onReachable: (reachable) => grantdesk.getState().setReachable(reachable),
    onBarred: drawAccessDenied,
  })
  reportUse(() => void door.call('app.used', {}))
  draw(door)
}
