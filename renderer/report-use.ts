// Says to the host that somebody is at this tab: the host sees no keyboard and no mouse. Owns how often; tells nothing of
// what was done.

const gestures = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const

/** Calls `report` at a hand on keyboard or mouse, at once and then at most every `pause` ms. */
export function reportUse(report: () => void, target: EventTarget = window, pause = 20_000): void {
  let silentUntil = Number.NEGATIVE_INFINITY
  const used = () => {
    const now = performance.now()
    if (now < silentUntil) return
    silentUntil = now + pause
    report()
  }
  for (const gesture of gestures) target.addEventListener(gesture, used, { passive: true, capture: true })
}
