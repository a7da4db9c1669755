import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLineEditor } from '../../../headless/line-editor.ts'

const pasted = (text: string) => `\u001b[200~${text}\u001b[201~`

/** What was entered when all of it has come, in these pieces. */
function enter(pieces: string[], options?: { joins: boolean }) {
  const editor = createLineEditor(options)
  const ends = pieces.map((piece) => editor.take(piece)).filter((end) => end !== null)
  return ends[0]
}

describe('a line at a terminal', () => {
  it.each([
    ['typed', 'abc\r', 'abc'],
    ['with Backspace', 'abx\u007fc\r', 'abc'],
    ['with Backspace on nothing', '\u007f\b\u007fabc\r', 'abc'],
    ['begun anew with Ctrl-U', 'xyz\u0015abc\r', 'abc'],
    ['with arrow and function keys', 'a\u001b[Db\u001b[1;5C\u001bOPc\u001b[3~\r', 'abc'],
    ['with a key held with Alt', 'a\u001bxbc\r', 'abc'],
    ['with Escape before Enter', 'abc\u001b\r', 'abc'],
    ['of other alphabets', 'añ𝄞x\u007f\u007f\u007fñ\r', 'añ'],
    ['pasted', `${pasted('abc')}\r`, 'abc'],
    ['pasted over lines', `${pasted('a\rb\nc')}\r`, 'a\rb\nc'],
    ['pasted with the end of its line', pasted('abc\n'), 'abc'],
    ['pasted and gone on with', `a${pasted('b')}c\r`, 'abc'],
    ['pasted with control characters', `${pasted('a\u0003\u0004b\u0015c')}\r`, 'abc'],
  ])('%s is what it should be', (_how, keys, text) => {
    expect(enter([keys])).toEqual({ kind: 'entered', text, rest: '' })
  })

  it('leaves what was typed ahead to the next question', () => {
    expect(enter(['one\rtwo\r'])).toEqual({ kind: 'entered', text: 'one', rest: 'two\r' })
  })

  it('takes line breaks in one piece for a paste that the terminal did not mark, where that is asked for', () => {
    expect(enter(['one\rtwo\r'], { joins: true })).toMatchObject({ text: 'one\ntwo' })
    expect(enter(['one\r', 'two\r'], { joins: true })).toMatchObject({ text: 'one' })
  })

  it.each([
    ['\u0003', 'interrupt'],
    ['\u0004', 'end'],
    ['\u001a', 'suspend'],
    ['\u001c', 'quit'],
  ])('%j ends it as %s, and what was typed stays', (key, kind) => {
    const editor = createLineEditor()
    expect(editor.take(`abc${key}d`)).toEqual({ kind, rest: 'd' })
    expect(editor.text).toBe('abc')
  })

  it('is interrupted also where the end of a paste never comes', () => {
    expect(enter(['\u001b[200~abc', '\u0003'])).toMatchObject({ kind: 'interrupt' })
  })

  it('comes out the same in whatever pieces it comes', () => {
    const piece = fc.oneof(
      fc.constantFrom('\u001b[A', '\u001bOP', '\u007f', '\u0015', '𝄞', pasted('x\ny'), pasted('\u001b[20')),
      fc.stringMatching(/^[ -~]{0,30}$/),
    )
    fc.assert(
      fc.property(fc.array(piece), fc.array(fc.nat(500)), (pieces, places) => {
        // A terminal's bytes are decoded before: no character comes in halves.
        const whole = [...`${pieces.join('')}\r`]
        const cuts = [0, ...places.map((place) => place % whole.length).toSorted((one, other) => one - other)]
        const parts = cuts.map((from, at) => whole.slice(from, cuts[at + 1]).join(''))
        expect(enter(parts)).toEqual(enter([whole.join('')]))
      }),
    )
  })

  it('has no limit', () => {
    const long = 'aZ9-'.repeat(250_000)
    expect(enter([`${long}\r`])).toMatchObject({ text: long })
    expect(enter([...(pasted(long).match(/.{1,4096}/gs) ?? []), '\r'])).toMatchObject({ text: long })
  })
})
