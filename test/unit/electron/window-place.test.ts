import { describe, expect, it } from 'vitest'
import { placeWithin, readPlace } from '../../../electron/window-place.ts'

const laptop = { x: 0, y: 25, width: 1440, height: 875 }
const second = { x: 1440, y: 0, width: 1920, height: 1080 }
const size = { width: 1000, height: 700, maximized: false }

describe('the place of the window', () => {
  it('stays as it was while a display shows it', () => {
    const place = { x: 1600, y: 100, ...size }
    expect(placeWithin(place, [laptop, second])).toEqual(place)
  })

  it('becomes the middle when its display is gone, and keeps its size', () => {
    expect(placeWithin({ x: 1600, y: 100, ...size }, [laptop])).toEqual(size)
  })

  it('becomes the middle when the title bar could not be grasped', () => {
    expect(placeWithin({ x: 100, y: -400, ...size }, [laptop])).toEqual(size)
    expect(placeWithin({ x: -960, y: 100, ...size }, [laptop])).toEqual(size)
    expect(placeWithin({ x: 100, y: 860, ...size }, [laptop])).toEqual(size)
  })

  it('may hang over an edge', () => {
    const place = { x: -200, y: 100, ...size }
    expect(placeWithin(place, [laptop])).toEqual(place)
  })
})

describe('the place as it was written down', () => {
  it('is what was written', () => {
    const place = { x: -5, y: 40, ...size }
    expect(readPlace(JSON.parse(JSON.stringify(place)))).toEqual(place)
    expect(readPlace({ ...size, more: 1 })).toEqual(size)
  })

  it.each([
    null,
    7,
    [],
    {},
    { ...size, width: '1000' },
    { ...size, height: 12 },
    { ...size, x: 1.5 },
    { width: 1, height: 1 },
  ])('is nothing where the file holds %j', (value) => expect(readPlace(value)).toBeNull())
})
