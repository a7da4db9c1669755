// The screens of the middle column, and the flow beside them: each in a file of its own that is loaded when it is opened, or
// before, once the first screen stands. The overview is what the window begins with, and comes with it.
import { loadCode } from '../code/code.tsx'
import { lazyPart } from '../kit/lazy-part.tsx'
import type { ScreenName } from '../state/screen.ts'

export const screens = {
  connection: lazyPart(async () => (await import('../connection/connection-view.tsx')).ConnectionView, 'Connection'),
  connect: lazyPart(async () => (await import('../connect/connect-wizard.tsx')).ConnectWizard, 'Connect a service'),
  inventory: lazyPart(async () => (await import('../inventory/inventory.tsx')).Inventory, 'Inventory'),
  lessons: lazyPart(async () => (await import('../lessons/lessons-page.tsx')).LessonsPage, 'Break it yourself'),
  health: lazyPart(async () => (await import('../health/health-page.tsx')).HealthPage, 'Health check'),
  flows: lazyPart(async () => (await import('../flows/flows.tsx')).Flows, 'Flows'),
  compare: lazyPart(async () => (await import('../compare/compare-page.tsx')).ComparePage, 'Compare'),
  history: lazyPart(async () => (await import('../history/history.tsx')).History, 'History'),
  services: lazyPart(async () => (await import('../services/services.tsx')).Services, 'Services'),
  webhooks: lazyPart(async () => (await import('../webhooks/webhooks.tsx')).Webhooks, 'Webhooks'),
  settings: lazyPart(async () => (await import('../settings/settings.tsx')).Settings, 'Settings'),
  describe: lazyPart(async () => (await import('../describe/describe-screen.tsx')).DescribeScreen, 'Service'),
}

export const flowPart = lazyPart(async () => (await import('../flow/flow-view.tsx')).FlowView)

/** Fetches a screen that is likely to be opened next. */
export function loadScreen(name: ScreenName): void {
  if (name !== 'welcome') void screens[name].load()
}

/** Fetches every screen, one each time that nothing else is to be done; answers how to stop. */
export function loadScreensWhenIdle(): () => void {
  const waiting = [...Object.values(screens).map(({ load }) => load), flowPart.load, loadCode]
  let stopped = false
  function next() {
    const load = stopped ? undefined : waiting.shift()
    if (!load) return
    void load()
    whenIdle(next)
  }
  whenIdle(next)
  return () => {
    stopped = true
  }
}

function whenIdle(run: () => void): void {
  // Safari knows no idle callback.
  if (typeof requestIdleCallback === 'function') requestIdleCallback(run, { timeout: 2_000 })
  else setTimeout(run, 200)
}
