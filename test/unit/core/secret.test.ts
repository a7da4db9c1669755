import { inspect } from 'node:util'
import { expect, it } from 'vitest'
import { Secret } from '../../../core/secret.ts'

it('promise 1: inside core a secret prints, serialises and clones to nothing', () => {
  const text = 'pln_0123456789'
  const secret = new Secret(text)
  const ways = [
    String(secret),
    `${secret}`,
    JSON.stringify({ secret }),
    inspect(secret, { showHidden: true, depth: 9 }),
    inspect({ deep: { secret } }),
    JSON.stringify(structuredClone({ ...secret })),
    Object.values(secret).join(),
    new Error(`with ${secret}`).message,
  ]
  for (const way of ways) expect(way).not.toContain(text)
  expect(secret.reveal()).toBe(text)
})
