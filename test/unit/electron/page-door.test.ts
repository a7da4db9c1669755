// What the window's page is told, and when: nothing of a vault that nobody has tried to open yet.
import type { WebContents } from 'electron'
import { expect, it } from 'vitest'
import type { Change, Snapshot } from '../../../contract/change.ts'
import type { App } from '../../../core/app.ts'
import { pageDoor } from '../../../electron/page-door.ts'

/** An application whose vault is opened when the test says so. */
function startingApp() {
  const opened = Promise.withResolvers<void>()
  let state = 'locked'
  const listeners: ((change: Change) => void)[] = []
  const app = {
    call: async () => ({ ok: true, value: state }),
    listen(onChange: (change: Change) => void) {
      listeners.push(onChange)
      onChange({ kind: 'snapshot', snapshot: { vault: { state } } as Snapshot })
      return () => void listeners.splice(listeners.indexOf(onChange), 1)
    },
  } as unknown as Pick<App, 'call' | 'listen'>
  return {
    door: pageDoor(app, opened.promise),
    listeners,
    open() {
      state = 'open'
      opened.resolve()
    },
  }
}

function page() {
  const sent: Change[] = []
  let end = () => undefined as unknown
  const contents = {
    isDestroyed: () => false,
    send: (_channel: string, change: Change) => sent.push(change),
    once: (_event: string, listener: () => void) => {
      end = listener
    },
  } as unknown as WebContents
  return { contents, sent, destroy: () => end() }
}

const listen = { listen: true }

it('lets a page that listens early wait for the vault, and then begins with what it holds', async () => {
  const { door, open } = startingApp()
  const { contents, sent } = page()
  const asked = door.receive(listen, contents)
  await new Promise(setImmediate)
  expect(sent).toEqual([])
  open()
  await asked
  expect(sent).toMatchObject([{ kind: 'snapshot', snapshot: { vault: { state: 'open' } } }])
})

it('lets an early call wait, too', async () => {
  const { door, open } = startingApp()
  const answer = door.receive({ procedure: 'app.snapshot', input: {} }, page().contents)
  open()
  expect(await answer).toEqual({ ok: true, value: 'open' })
})

it('has one subscription for a page, and none once it is gone', async () => {
  const { door, open, listeners } = startingApp()
  const { contents, destroy } = page()
  open()
  await door.receive(listen, contents)
  await door.receive(listen, contents)
  expect(listeners.length).toBe(1)
  destroy()
  expect(listeners).toEqual([])
})
