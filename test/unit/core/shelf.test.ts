import { beforeEach, describe, expect, it } from 'vitest'
import { Shelf } from '../../../core/shelf.ts'

let shelf: Shelf<string>
let listed: PromiseWithResolvers<{ id: string; value: string }[]>
const stored = [
  { id: 'a', value: 'a of the disk' },
  { id: 'b', value: 'b of the disk' },
]

beforeEach(() => {
  shelf = new Shelf()
  listed = Promise.withResolvers()
})

const load = () => shelf.load(() => listed.promise)

describe('while the vault is being read', () => {
  it('what is here stays where it can be asked for', () => {
    shelf.set('a', 'a')
    void load()
    expect(shelf.get('a')).toBe('a')
  })

  it('what is changed here is not put back to what it was', async () => {
    const loading = load()
    shelf.set('a', 'newer')
    listed.resolve(stored)
    expect(await loading).toBe(true)
    expect([...shelf]).toEqual([
      ['a', 'newer'],
      ['b', 'b of the disk'],
    ])
  })

  it('what is taken away here does not come back', async () => {
    shelf.set('a', 'a')
    const loading = load()
    shelf.delete('a')
    listed.resolve(stored)
    await loading
    expect([...shelf.keys()]).toEqual(['b'])
  })

  it('a shelf that is cleared stays empty', async () => {
    const loading = load()
    shelf.clear()
    listed.resolve(stored)
    expect(await loading).toBe(false)
    expect(shelf.size).toBe(0)
  })
})
