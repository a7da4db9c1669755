import { beforeEach, describe, expect, it } from 'vitest'
import { RecordCache } from '../../../core/record-cache.ts'

let cache: RecordCache<string>
let listed: PromiseWithResolvers<{ id: string; value: string }[]>
const stored = [
  { id: 'a', value: 'a of the disk' },
  { id: 'b', value: 'b of the disk' },
]

beforeEach(() => {
  cache = new RecordCache()
  listed = Promise.withResolvers()
})

const load = () => cache.load(() => listed.promise)

describe('while the vault is being read', () => {
  it('what is here stays where it can be asked for', () => {
    cache.set('a', 'a')
    void load()
    expect(cache.get('a')).toBe('a')
  })

  it('what is changed here is not put back to what it was', async () => {
    const loading = load()
    cache.set('a', 'newer')
    listed.resolve(stored)
    expect(await loading).toBe(true)
    expect([...cache]).toEqual([
      ['a', 'newer'],
      ['b', 'b of the disk'],
    ])
  })

  it('what is taken away here does not come back', async () => {
    cache.set('a', 'a')
    const loading = load()
    cache.delete('a')
    listed.resolve(stored)
    await loading
    expect([...cache.keys()]).toEqual(['b'])
  })

  it('a cache that is cleared stays empty', async () => {
    const loading = load()
    cache.clear()
    listed.resolve(stored)
    expect(await loading).toBe(false)
    expect(cache.size).toBe(0)
  })
})
