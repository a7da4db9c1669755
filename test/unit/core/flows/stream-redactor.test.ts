import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isOrdinaryText } from '../../../../contract/secret-strength.ts'
import { Redactor } from '../../../../core/flows/redactor.ts'
import { createStreamRedactor } from '../../../../core/flows/stream-redactor.ts'
import { pseudonym } from './flow-fixture.ts'

function passed(redactor: Redactor, pieces: string[]): string {
  const stream = createStreamRedactor(redactor.finder(false))
  return pieces.map((piece) => stream.write(piece)).join('') + stream.end()
}

/** The text in pieces of this length. */
const inPieces = (text: string, length: number) => text.match(new RegExp(`[\\s\\S]{1,${length}}`, 'g')) ?? []

const spellings = [
  (secret: string) => secret,
  (secret: string) => encodeURIComponent(secret),
  (secret: string) => JSON.stringify(secret).slice(1, -1),
]

it('takes a secret out of a text in pieces of any length, and leaves the rest as it came', () => {
  fc.assert(
    fc.property(
      fc
        .string({ minLength: 12, maxLength: 40, unit: 'grapheme-ascii' })
        .filter((text) => new Set(text).size > 5 && !isOrdinaryText(text)),
      fc.constantFrom(...spellings),
      fc.integer({ min: 1, max: 9_000 }),
      fc.integer({ min: 0, max: 30_000 }),
      (secret, spell, length, before) => {
        const redactor = new Redactor(pseudonym)
        const shown = redactor.hide(secret, 'access_token')
        const around = ['~'.repeat(before), '^'.repeat(17_000)]
        const text = `${around[0]}${spell(secret)}${around[1]}${secret}`
        expect(passed(redactor, inPieces(text, length))).toBe(`${around[0]}${shown}${around[1]}${shown}`)
      },
    ),
    { numRuns: 60 },
  )
})

it.each(['%', '&', '\\', '"'])('takes a secret that ends with %s out whole in each spelling', (last) => {
  const secret = `open-sesame-42${last}`
  const redactor = new Redactor(pseudonym)
  const shown = redactor.hide(secret, 'client_secret')
  const html = secret.replace('&', '&amp;').replace('"', '&quot;')
  for (const spelled of [...spellings.map((spell) => spell(secret)), html]) {
    expect(passed(redactor, [`${spelled} and on`])).toBe(`${shown} and on`)
  }
})

it('takes a token of any length out whole, and goes on behind it', () => {
  const redactor = new Redactor(pseudonym)
  const token = `ey${'Ab1-_'.repeat(200_000)}`
  const shown = redactor.hide(token, 'access_token')
  const text = `{"token":"${token}","more":"${'x '.repeat(20_000)}"}`
  const expected = `{"token":"${shown}","more":"${'x '.repeat(20_000)}"}`
  expect(passed(redactor, inPieces(text, 32_000)) === expected).toBe(true)
})

it('tells a secret apart from a longer one that begins alike', () => {
  const redactor = new Redactor(pseudonym)
  redactor.hide('sesame-open', 'short')
  const longer = redactor.hide('sesame-open-wide-1234', 'long')
  const text = `${'.'.repeat(20_000)}sesame-open-wide-1234${'.'.repeat(20_000)}`
  for (const length of [7, 20_005, 20_011, 20_015]) {
    expect(passed(redactor, inPieces(text, length))).toBe(text.replace('sesame-open-wide-1234', longer))
  }
})
