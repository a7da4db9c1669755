import { expect, it } from 'vitest'
import { supplyOlderNode } from '../../../headless/older-node.ts'

interface Supplied {
  withResolvers: <T>() => { promise: Promise<T>; resolve: (value: T) => void; reject: (reason: unknown) => void }
  parse: (text: string, base?: string) => URL | null
}

it('supplies what Node 20 lacks', async () => {
  const missing: Partial<Supplied> = {}
  supplyOlderNode(missing, missing)
  const { withResolvers, parse } = missing as Supplied
  const one = withResolvers<number>()
  one.resolve(1)
  expect(await one.promise).toBe(1)
  const other = withResolvers<number>()
  other.reject(new Error('no'))
  await expect(other.promise).rejects.toThrow('no')
  expect(parse('/a', 'https://b.example')?.href).toBe('https://b.example/a')
  expect(parse('no address')).toBeNull()
})

it('leaves what is there', () => {
  const own = () => undefined
  const there = { withResolvers: own, parse: own }
  supplyOlderNode(there, there)
  expect(there).toEqual({ withResolvers: own, parse: own })
})
