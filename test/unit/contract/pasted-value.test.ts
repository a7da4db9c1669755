import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { understandValue, type ValueKind } from '../../../contract/pasted-value.ts'

const leftOut: ValueKind[] = ['client_id', 'key', 'username', 'address']
const perhapsMeant: ValueKind[] = ['client_secret', 'password', 'webhook_secret']

describe('around a value that can have none', () => {
  it.each([
    ['one blank at the end', 'abc-1 ', 'One blank at the end was left out.'],
    ['blanks at the start', '  abc-1', '2 blanks at the start were left out.'],
    ['a no-break space', '\u00a0abc-1', 'One blank at the start was left out.'],
    ['a tab', 'abc-1\t', 'One blank at the end was left out.'],
    ['the end of a line', 'abc-1\r\n', 'One line end was left out.'],
    ['a line break within it', 'abc\n-1', 'One line break within it was left out.'],
    ['a zero-width space', 'abc\u200b-1', 'One invisible character was left out.'],
    ['a byte order mark', '\ufeffabc\u2060-1', '2 invisible characters were left out.'],
    ['quotes', '"abc-1"', 'The quotes around it were left out.'],
    ['typographic quotes', '“abc-1”', 'The quotes around it were left out.'],
    ['backticks', '`abc-1`', 'The quotes around it were left out.'],
  ])('%s is taken off and told', (_what, text, words) => {
    for (const kind of leftOut) {
      expect(understandValue(kind, text)).toMatchObject({ value: 'abc-1', words: [words], otherwise: null })
    }
  })

  it('blanks, quotes and line ends together are all told', () => {
    expect(understandValue('key', ' "abc " \n').value).toBe('abc')
    expect(understandValue('key', ' "abc " \n').words.join(' ')).toMatch(/line end.*quotes.*blank/)
  })

  it('a blank within it is taken out of an address alone', () => {
    expect(understandValue('address', 'https://a.example/ b').value).toBe('https://a.example/b')
    expect(understandValue('address', 'https://a.example/ b').words).toEqual(['One blank within it was left out.'])
    expect(understandValue('client_id', 'my client').value).toBe('my client')
  })
})

describe('around a value that may have them', () => {
  it.each([
    ['a blank', 'abc '],
    ['a blank at its start', ' abc'],
    ['quotes', '"abc"'],
  ])('%s is left out and can be kept', (_what, text) => {
    for (const kind of perhapsMeant) {
      const { value, words, otherwise } = understandValue(kind, text)
      expect({ value, otherwise }).toEqual({
        value: 'abc',
        otherwise: { value: text, words: expect.anything(), because: 'perhaps_meant' },
      })
      expect(words).toHaveLength(1)
      expect(otherwise?.words).toEqual(words.map((sentence) => sentence.replace('left out', 'kept')))
    }
  })

  it('the end of a line is never meant', () => {
    for (const kind of perhapsMeant) {
      expect(understandValue(kind, 'abc\r\n')).toMatchObject({ value: 'abc', otherwise: null })
    }
  })

  it('what is within a password stays', () => {
    for (const text of ['a b', 'a"b', '👩\u200d💻x', 'a\nb']) {
      expect(understandValue('password', text)).toMatchObject({ value: text, words: [], otherwise: null })
    }
  })
})

describe('a key in what was copied around it', () => {
  it('is taken, shown without being told, and what was pasted can be kept', () => {
    expect(understandValue('key', 'Authorization: Bearer plane_api_0123456789abcdef\n')).toEqual({
      value: 'plane_api_0123456789abcdef',
      words: ['Found in the header “Authorization”: plan…cdef, 26 characters.'],
      otherwise: { value: 'Authorization: Bearer plane_api_0123456789abcdef', words: [], because: 'found_within' },
      choices: [],
    })
  })

  it('that could be several is chosen by the person', () => {
    const text = '{"access_token":"access-1","refresh_token":"refresh-1"}'
    const { value, choices } = understandValue('key', text)
    expect(value).toBe(text)
    expect(choices.map((one) => one.value)).toEqual(['access-1', 'refresh-1'])
  })

  it('is looked for in no address, id or password', () => {
    for (const kind of ['client_id', 'password', 'username'] as const) {
      expect(understandValue(kind, 'token=abcdef').value).toBe('token=abcdef')
    }
  })
})

it('several addresses are put right each for itself, and what stands between them is no accident', () => {
  const pasted = '“https://api.example.com”,\u200b\n https://eu.api.example.com\u00a0; https://us.api.example.com '
  expect(understandValue('addresses', pasted)).toEqual({
    value: 'https://api.example.com https://eu.api.example.com https://us.api.example.com',
    words: ['The quotes around it were left out.', 'One invisible character was left out.'],
    otherwise: null,
    choices: [],
  })
  const plain = 'https://api.example.com https://eu.api.example.com'
  expect(understandValue('addresses', plain)).toMatchObject({ value: plain, words: [] })
})

it('what has nothing around it is taken as it is, whatever it is', () => {
  const plain = fc.stringMatching(/^[A-Za-z0-9_.~+/-]{1,60}={0,2}$/)
  fc.assert(
    fc.property(plain, fc.constantFrom(...leftOut, ...perhapsMeant), (text, kind) => {
      fc.pre(!/(token|key|secret|password|authorization|bearer)=/i.test(text.replace(/[^a-z=]/gi, '')))
      expect(understandValue(kind, text)).toEqual({ value: text, words: [], otherwise: null, choices: [] })
    }),
  )
})

it('what was understood once is not changed a second time', () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom(...leftOut, ...perhapsMeant), (text, kind) => {
      const { value, choices } = understandValue(kind, ` ${text}\n`)
      fc.pre(choices.length === 0 && understandValue(kind, value).otherwise?.because !== 'found_within')
      expect(understandValue(kind, value).value).toBe(value)
    }),
  )
})
