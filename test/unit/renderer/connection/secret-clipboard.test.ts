import { describe, expect, test } from 'vitest'
import { putSecret, type TabClipboard } from '../../../../renderer/connection/secret-clipboard.ts'
import { forgetAll } from '../../../../renderer/state/when-locked.ts'

function clipboard(mayRead = true) {
  let text = ''
  let leave: (() => void) | null = null
  let over = new AbortController()
  const { promise, resolve: timePasses } = Promise.withResolvers<void>()
  const { promise: cleared, resolve: clears } = Promise.withResolvers<void>()
  const port: TabClipboard = {
    write: async (next) => {
      text = next
      if (next === '') clears()
    },
    read: async () => text,
    mayRead: async () => mayRead,
    focused: async () => {},
    wait: () => promise,
    clearNow: () => {
      text = ''
    },
    onLeaving: (run) => {
      leave = run
      over = new AbortController()
      over.signal.addEventListener('abort', () => {
        leave = null
      })
      return over
    },
  }
  return {
    port,
    timePasses,
    cleared,
    text: () => text,
    set: (next: string) => (text = next),
    leave: () => leave?.(),
    callOff: () => over.abort(),
  }
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 20))

describe('a secret on a browser tab’s clipboard', () => {
  test('is cleared when the time is over and it is still there', async () => {
    const tab = clipboard()
    expect(await putSecret('pln_secret', 60, tab.port)).toEqual({ clears: 'by_itself' })
    expect(tab.text()).toBe('pln_secret')
    tab.timePasses()
    await tab.cleared
    expect(tab.text()).toBe('')
  })

  test('leaves alone what the person copied meanwhile', async () => {
    const tab = clipboard()
    await putSecret('pln_secret', 60, tab.port)
    tab.set('a shopping list')
    tab.timePasses()
    await settle()
    expect(tab.text()).toBe('a shopping list')
  })

  test('is said to stay where the browser does not let the page read it back', async () => {
    const tab = clipboard(false)
    expect(await putSecret('pln_secret', 60, tab.port)).toEqual({ clears: 'by_hand' })
    tab.timePasses()
    await settle()
    expect(tab.text()).toBe('pln_secret')
  })

  test('copied again is cleared by the later copy alone', async () => {
    const first = clipboard()
    await putSecret('pln_secret', 60, first.port)
    const second = clipboard()
    await putSecret('pln_secret', 60, second.port)
    first.timePasses()
    await settle()
    expect(first.text()).toBe('pln_secret')
  })

  test('is taken off as soon as the vault is locked, and what was copied meanwhile is not', async () => {
    const tab = clipboard()
    await putSecret('pln_secret', 60, tab.port)
    forgetAll()
    await tab.cleared
    await putSecret('pln_secret', 60, tab.port)
    tab.set('a shopping list')
    forgetAll()
    await settle()
    expect(tab.text()).toBe('a shopping list')
  })

  test('is taken off a clipboard that cannot be read back, unless something else may lie there', async () => {
    const tab = clipboard(false)
    await putSecret('pln_secret', 60, tab.port)
    forgetAll()
    expect(tab.text()).toBe('')
    await putSecret('pln_secret', 60, tab.port)
    tab.callOff()
    forgetAll()
    expect(tab.text()).toBe('pln_secret')
  })

  test('is taken off when the page goes away before the time is over, and not after', async () => {
    const tab = clipboard()
    await putSecret('pln_secret', 60, tab.port)
    tab.leave()
    expect(tab.text()).toBe('')
    await putSecret('pln_secret', 60, tab.port)
    tab.timePasses()
    await settle()
    tab.set('a shopping list')
    tab.leave()
    expect(tab.text()).toBe('a shopping list')
  })
})
