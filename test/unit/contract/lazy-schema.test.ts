import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { lazyObject, lazyUnion } from '../../../contract/lazy-schema.ts'

/** Counts, in a process that has read nothing yet, the schemas that Zod makes for reading them all and for using one. */
const counting = `
  import { z } from 'zod'
  let made = 0
  z.config({ postProcessor: () => void made++ })
  const { procedures } = await import('./contract/procedures.ts')
  await import('./core/records.ts')
  const read = made
  procedures['app.snapshot'].output.safeParse({})
  console.log(JSON.stringify({ read, used: made - read }))
`
const run = promisify(execFile)
const root = resolve(import.meta.dirname, '../../..')

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
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', counting], { cwd: root })
    const { read, used } = z.object({ read: z.number(), used: z.number() }).parse(JSON.parse(stdout))
    expect(read).toBeGreaterThan(0)
    expect(read).toBeLessThan(250)
    expect(used).toBeGreaterThan(30)
  })
})
