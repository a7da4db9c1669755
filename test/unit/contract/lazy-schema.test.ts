import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { lazyObject, lazyUnion } from '../../../contract/lazy-schema.ts'

/** How many schemas Zod makes meanwhile. */
async function madeWhile(work: () => unknown): Promise<number> {
  let made = 0
  z.config({ postProcessor: () => void made++ })
  try {
    await work()
  } finally {
    z.config({ postProcessor: undefined })
  }
  return made
}

describe('a lazy schema', () => {
  it('is made at its first use, once', () => {
    let shapes = 0
    const schema = lazyObject(() => {
      shapes += 1
      return { id: z.string() }
    })
    expect(shapes).toBe(0)
    expect(schema.parse({ id: 'one', more: 1 })).toEqual({ id: 'one' })
    expect(schema.unwrap()).toBe(schema.unwrap())
    expect(schema.nullable().safeParse({ id: 1 }).success).toBe(false)
    expect(shapes).toBe(1)
  })

  it('may be a union, and part of another schema', () => {
    const union = lazyUnion('kind', () => [
      z.object({ kind: z.literal('a') }),
      z.object({ kind: z.literal('b'), more: lazyObject(() => ({ n: z.number() })) }),
    ])
    const list = z.array(union)
    expect(list.parse([{ kind: 'b', more: { n: 1 } }, { kind: 'a' }])).toEqual([
      { kind: 'b', more: { n: 1 } },
      { kind: 'a' },
    ])
    expect(list.safeParse([{ kind: 'c' }]).success).toBe(false)
  })

  it('is what the contract and the records are made of: reading them makes few schemas', async () => {
    const read = await madeWhile(async () => {
      await import('../../../contract/procedures.ts')
      await import('../../../core/records.ts')
    })
    const { procedures } = await import('../../../contract/procedures.ts')
    const used = await madeWhile(() => procedures['app.snapshot'].output.safeParse({}))
    expect(read).toBeGreaterThan(0)
    expect(read).toBeLessThan(250)
    expect(used).toBeGreaterThan(30)
  })
})
