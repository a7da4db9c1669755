import { describe, expect, it } from 'vitest'
import { addressOf, type Place, placeAt } from '../../../../renderer/state/address.ts'
import { type AddressBar, keepAddress } from '../../../../renderer/state/keep-address.ts'

const at = (screen: Place['screen'], openFlowId: string | null = null): Place => ({ screen, openFlowId })

describe('the address of what is on screen', () => {
  it.each<[string, Place]>([
    ['', at({ name: 'welcome' })],
    ['#/overview/flow/f1', at({ name: 'welcome' }, 'f1')],
    ['#/flows', at({ name: 'flows' })],
    ['#/flow/f1', at({ name: 'flows' }, 'f1')],
    ['#/connection/c1', at({ name: 'connection', id: 'c1' })],
    ['#/connection/c1/flow/f1', at({ name: 'connection', id: 'c1' }, 'f1')],
    ['#/compare/f1/f2', at({ name: 'compare', left: 'f1', right: 'f2' })],
    ['#/history', at({ name: 'history' })],
    ['#/history/c1/flow/f1', at({ name: 'history', connectionId: 'c1' }, 'f1')],
    ['#/services/plane', at({ name: 'services', serviceId: 'plane' })],
    ['#/connect/plane', at({ name: 'connect', serviceId: 'plane' })],
    ['#/reconnect/c1', at({ name: 'connect', reconnect: 'c1' })],
    ['#/settings', at({ name: 'settings' })],
  ])('%s leads to its place and back', (address, place) => {
    expect(addressOf(place)).toBe(address)
    expect(placeAt(address)).toEqual(place)
  })

  it('holds nothing that a screen was given besides ids, and begins nothing by itself', () => {
    const screen = {
      name: 'connect',
      reconnect: 'c1',
      baseUrl: 'https://plane.example/s3cr3t',
      clientId: 'client',
      atOnce: true,
      thenSend: { method: 'DELETE', path: '/everything' },
    } as const
    expect(addressOf(at(screen))).toBe('#/reconnect/c1')
    expect(placeAt('#/reconnect/c1')).toEqual(at({ name: 'connect', reconnect: 'c1' }))
  })

  it.each([
    '#proof=abc',
    '#/nowhere',
    '#/connection',
    '#/flow/',
    '#/flow/a b',
    '#/connection/%E0%A4%A',
    '#/compare/f1',
  ])('takes %s for none of ours', (address) => {
    expect(placeAt(address)).toBeNull()
  })

  it('leaves out an id that an address cannot hold', () => {
    expect(addressOf(at({ name: 'connection', id: 'a/b' }, 'x y'))).toBe('#/connection')
  })
})

/** A browser's history with a store before it. */
function open(hash: string) {
  const entries = [hash]
  let index = 0
  let popped = () => {}
  let told: (now: Place) => void = () => {}
  let state: Place = at({ name: 'welcome' })
  const show = (place: Place) => {
    state = place
    told(place)
  }
  const location = { hash, pathname: '/', search: '' }
  const bar: AddressBar = {
    location,
    history: {
      pushState: (_state, _title, url) => {
        const text = String(url)
        location.hash = text.includes('#') ? text.slice(text.indexOf('#')) : ''
        entries.splice(++index, entries.length, location.hash)
      },
    },
    addEventListener: (_type, listener) => {
      popped = listener
    },
  }
  const subscribe = (listener: typeof told) => {
    told = listener
  }
  keepAddress({ getState: () => state, subscribe, show }, bar)
  const back = () => {
    location.hash = entries[--index] ?? ''
    popped()
  }
  return { entries, back, show, now: () => state }
}

describe('the address bar', () => {
  it('begins with what the address names, without another entry', () => {
    const { entries, now } = open('#/connection/c1/flow/f1')
    expect(now()).toEqual(at({ name: 'connection', id: 'c1' }, 'f1'))
    expect(entries).toEqual(['#/connection/c1/flow/f1'])
  })

  it('gets an entry for each place, none for the same again, and none by going back', () => {
    const { entries, back, show, now } = open('')
    show(at({ name: 'connection', id: 'c1' }))
    show(at({ name: 'connection', id: 'c1' }))
    show(at({ name: 'connection', id: 'c1' }, 'f1'))
    expect(entries).toEqual(['', '#/connection/c1', '#/connection/c1/flow/f1'])
    back()
    expect(now()).toEqual(at({ name: 'connection', id: 'c1' }))
    back()
    expect(now()).toEqual(at({ name: 'welcome' }))
    expect(entries).toHaveLength(3)
  })

  it('keeps what a screen was given while it stays, and begins nothing by itself where it comes back', () => {
    const { back, show, now } = open('')
    const screen = { name: 'connect', reconnect: 'c1', atOnce: true } as const
    show(at(screen))
    show(at(screen, 'f1'))
    back()
    expect(now()).toEqual(at(screen))
    show(at({ name: 'connection', id: 'c1' }))
    back()
    expect(now()).toEqual(at({ name: 'connect', reconnect: 'c1' }))
  })
})
