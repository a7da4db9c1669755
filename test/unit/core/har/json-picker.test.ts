// JSON that comes in pieces: what JSON.parse makes of the whole, without holding more than is wanted.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CutText, type JsonPath, JsonPicker, type PickBounds } from '../../../../core/har/json-picker.ts'
import { fuzzSeed } from '../../../support/fuzz/seed.ts'

const seed = fuzzSeed('JSON in pieces')
const ample: PickBounds = { text: 1e6, texts: 1e6, values: 1e6 }

function read(
  text: string,
  pieces: number[] = [],
  wants: (path: JsonPath) => PickBounds | 'into' | null = () => ample,
) {
  const picked: [string, unknown, boolean][] = []
  const picker = new JsonPicker({
    wants,
    picked: (path, value, isWhole) => picked.push([path.join('.'), value, isWhole]),
  })
  let at = 0
  for (const length of pieces) {
    picker.write(text.slice(at, at + length))
    at += length
  }
  picker.write(text.slice(at))
  return { picked, fault: picker.end() }
}

/** Without the prototypes that set apart what was read. */
const plainly = (value: unknown) => JSON.parse(JSON.stringify(value))
const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 60 })

describe('JSON in pieces', () => {
  it('is read as JSON.parse reads the whole, wherever it is cut', () => {
    const spaced = fc.constantFrom(undefined, 1, '\t')
    const property = fc.property(fc.jsonValue({ stringUnit: 'binary' }), sizes, spaced, (value, pieces, space) => {
      const text = JSON.stringify(value, null, space)
      const { picked, fault } = read(text, pieces)
      expect(fault).toBeNull()
      expect(plainly(picked)).toEqual([['', JSON.parse(text), true]])
    })
    fc.assert(property, { seed, numRuns: 150 })
  })

  it('is refused where JSON.parse refuses it', () => {
    const marks = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '1',
      '01',
      '-',
      'true',
      'nul',
      ' ',
      '\\',
      '"\\u12"',
    )
    const property = fc.property(fc.array(marks, { maxLength: 8 }), sizes, (parts, pieces) => {
      const text = parts.join('')
      let isJson = true
      try {
        JSON.parse(text)
      } catch {
        isJson = false
      }
      expect(read(text, pieces).fault === null).toBe(isJson)
    })
    fc.assert(property, { seed, numRuns: 2_000 })
  })

  it('cut anywhere, gives what was whole before the cut', () => {
    const text = JSON.stringify({ list: [{ a: 'x"y', b: [1, 2] }, { a: 'é' }], more: true })
    const wants = (path: JsonPath) => (path.length < 2 ? 'into' : ample)
    for (let end = 0; end < text.length; end++) {
      const { picked, fault } = read(text.slice(0, end), [], wants)
      expect(fault?.kind).toBe('ended_early')
      const whole = picked.filter(([, , isWhole]) => isWhole).map(([, value]) => plainly(value))
      expect([{ a: 'x"y', b: [1, 2] }, { a: 'é' }].slice(0, whole.length)).toEqual(whole)
    }
  })

  it('is looked into only where something is wanted', () => {
    const text = '{"a":{"b":[1,{"c":2}]},"d":[{"e":1},{"e":2}]}'
    const { picked } = read(text, [], (path) => (path[0] === 'a' ? null : path.length < 2 ? 'into' : ample))
    expect(plainly(picked)).toEqual([
      ['d.0', { e: 1 }, true],
      ['d.1', { e: 2 }, true],
    ])
  })

  it('gives a long text as its beginning, and as no text', () => {
    const { picked } = read('{"long":"abcdef","short":"ab"}', [4, 4, 2], () => ({ ...ample, text: 3 }))
    const [[, value, isWhole] = []] = picked
    expect(isWhole).toBe(false)
    expect((value as Record<string, unknown>).long).toEqual(new CutText('abc'))
    expect((value as Record<string, unknown>).short).toBe('ab')
  })

  it('leaves out what is too much, and goes on behind it', () => {
    const few = { ...ample, values: 3 }
    const { picked, fault } = read('[[1,[2,3],4,5],[6]]', [], (path) => (path.length === 0 ? 'into' : few))
    expect(fault).toBeNull()
    expect(plainly(picked)).toEqual([
      ['0', [1, [2]], false],
      ['1', [6], true],
    ])
  })

  it('that is too deep ends there', () => {
    expect(read('['.repeat(5_000)).fault).toEqual({ kind: 'too_deep', at: 2_000 })
    expect(read(`${'['.repeat(100)}1${']'.repeat(100)}`).fault).toBeNull()
  })

  it('takes no prototype from a file', () => {
    const [[, value] = []] = read('{"__proto__":{"polluted":true}}').picked
    expect(Object.getPrototypeOf(value)).toBeNull()
    expect(({} as { polluted?: true }).polluted).toBeUndefined()
  })
})
