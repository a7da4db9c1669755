import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { outOfBandRedirectUri } from '../../../../contract/redirect-uri.ts'
import type { CheckFacts } from '../../../../core/flows/recording.ts'
import { parsePastedAnswer } from '../../../../core/oauth/pasted-answer.ts'
import { readRedirectAnswer } from '../../../../core/oauth/redirect-answer.ts'
import { Problem } from '../../../../core/problem.ts'
import { Secret } from '../../../../core/secret.ts'

const state = new Secret('st4te-of-ours')
const loopback = 'http://127.0.0.1:5000/callback'
const answer = `${loopback}?code=c1&state=st4te-of-ours`
const stateFirst = `${loopback}?state=st4te-of-ours&code=c1`

const paste = (text: string, redirectUri = loopback) =>
  Object.fromEntries(parsePastedAnswer(text, { state, redirectUri }).parameters)

function refusalOf(text: string, redirectUri = loopback) {
  try {
    paste(text, redirectUri)
  } catch (error) {
    if (error instanceof Problem) return error.failure
    throw error
  }
  throw new Error('It was taken')
}

/** The state of what was taken; `null` where it was refused. */
function taken(text: string): string | undefined | null {
  try {
    return paste(text).state
  } catch (error) {
    if (error instanceof Problem) return null
    throw error
  }
}

describe('a pasted answer', () => {
  it.each([
    [` ${answer}&x=1\n`, { code: 'c1', x: '1' }],
    [`${loopback}#code=c1&state=st4te-of-ours`, { code: 'c1' }],
    [`${answer}#_=_`, { code: 'c1' }],
    ['http://127.0.0.1:5000/#/callback?code=c1&state=st4te-of-ours', { code: 'c1' }],
    ['?code=c1&state=st4te-of-ours', { code: 'c1' }],
    ['127.0.0.1:5000/callback?code=c1&state=st4te-of-ours', { code: 'c1' }],
    ['app_installation_id=7&code=c1&state=st4te-of-ours', { app_installation_id: '7', code: 'c1' }],
    ['state=st4te-of-ours&code=a%2Fb', { code: 'a/b' }],
    ['Success code=c1', { code: 'c1' }],
    ['AbC-123_x==', { code: 'AbC-123_x==' }],
    ['4%2F0Abc', { code: '4/0Abc' }],
    [`${loopback}?error=access_denied`, { error: 'access_denied' }],
  ])('%s is read', (text, expected) => {
    expect(paste(text)).toEqual({ ...expected, state: state.reveal() })
  })

  it.each([
    ['in quotes', `"${answer}"`],
    ['in typographic quotes', `“${answer}”`],
    ['in guillemets', `« ${answer} »`],
    ['in angle brackets', `<${answer}>`],
    ['in angle brackets with a full stop', `<${stateFirst}>.`],
    ['in parentheses', `(${stateFirst})`],
    ['as a link of Markdown', `[the address](${stateFirst})`],
    ['with a full stop', `${answer}.`],
    ['with a full stop after the code', `${stateFirst}.`],
    ['in quotes with a full stop in them', `'${stateFirst}.'`],
    ['in a sentence', `It ended at ${stateFirst} and stayed there.`],
    ['at the end of a sentence', `It ended at ${answer}.`],
    ['before other words', `${answer} is where it ended.`],
    ['with a line break in its state', `${loopback}?code=c1&state=st4te-\nof-ours`],
    ['with a line break in its code', `${loopback}?state=st4te-of-ours&code=c\r\n1`],
    ['quoted in a mail', `  ${loopback}?code=c1&st\n  ate=st4te-of-ours\n`],
    ['marked as quoted in a mail', `> ${loopback}?code=c1&st\n> ate=st4te-of-ours\n`],
    ['quoted twice', `>> ${loopback}?code=c1&st\n> > ate=st4te-of-ours\n`],
    ['shown by a page as JSON', '{"code":"c1","state":"st4te-of-ours"}'],
    ['within JSON', '{"ok":true,"args":{"code":"c1","state":"st4te-of-ours"}}'],
    ['with a blank in its path', `http://127.0.0.1:5000/call back?code=c1&state=st4te-of-ours`],
    ['wrapped, in a sentence', `I got ${loopback}?code=c1&\nstate=st4te-of\n-ours\nThanks, Ada`],
    ['with a byte order mark', `\ufeff${answer}`],
    ['with zero-width spaces', `http:\u200b//127.0.0.1:5000/callback?\u200bcode=c1&state=st4te-\u200bof-ours`],
    ['with no-break spaces', `\u00a0${answer}\u00a0`],
    ['out of a page’s source', `${loopback}?code=c1&amp;state=st4te-of-ours`],
    ['encoded once more', encodeURIComponent(answer)],
    ['behind a chat program’s link', `https://chat.example/?url=${encodeURIComponent(answer)}&sa=D`],
    ['after the address of the consent page', `https://as.example/a?client_id=x&state=st4te-of-ours\n${answer}`],
  ])('%s is read', (_where, text) => {
    expect(paste(text)).toMatchObject({ code: 'c1', state: state.reveal() })
  })

  it.each([
    ['http://localhost:3000/oauth/callback'],
    ['http://[::1]:53682/cb'],
    ['https://myapp.example/auth/plannr/callback?tenant=7'],
    ['com.example.app:/cb'],
    ['com.example.app:cb'],
  ])('is read for the redirect URI %s', (redirectUri) => {
    const address = `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}code=c1&state=st4te-of-ours`
    expect(paste(`Here: <${address}>.`, redirectUri)).toMatchObject({ code: 'c1' })
    expect(refusalOf(address.replace(/&state=.*/, ''), redirectUri).message).toMatch(/no state/)
  })

  it.each([
    ['over lines', 'AbC-123\n_x4='],
    ['in quotes', '"AbC-123_x4="'],
    ['with a full stop', 'AbC-123_x4=.'],
    ['with a label', 'Your code: AbC-123_x4='],
    ['in angle brackets', '<AbC-123_x4=>'],
    ['with a blank in it', 'AbC-123 _x4='],
  ])('is a code alone %s', (_how, text) => {
    expect(paste(text)).toMatchObject({ code: 'AbC-123_x4=' })
  })

  it('keeps the blanks of the server’s words', () => {
    const words = paste(`${loopback}?error=access_denied&error_description=The user\n denied&state=st4te-of-ours`)
    expect(words).toMatchObject({ error_description: 'The user denied' })
  })

  it('arrives whole however long it is', () => {
    const code = 'aZ9-'.repeat(25_000)
    expect(paste(`${loopback}?code=${code}&state=st4te-of-ours`).code).toBe(code)
  })

  it.each([
    [`${loopback}?code=c1&state=other`, /another attempt/],
    ['code=c1&state=other', /another attempt/],
    ['{"code":"c1","state":"other"}', /another attempt/],
    ['{"code":"c1"}', /no state/],
    [`${loopback}?code=c1&code=c2`, /twice/],
    ['https://as.example/authorize?client_id=web&response_type=code', /consent page/],
    [loopback, /no code/],
    ['two words', /no code/],
    ['', /Nothing/],
    ['\u200b\ufeff', /Nothing/],
  ])('%s is refused in plain words', (text, words) => {
    const failure = refusalOf(text)
    expect(failure.kind).toBe('invalid_input')
    expect(failure.message).toMatch(words)
  })

  it('without its state is no bare code: what is missing is told', () => {
    for (const text of [
      `${loopback}?code=c1`,
      `${loopback}?code=c1&state=`,
      'https://as.example/cb?code=c1',
      '?code=c1',
    ]) {
      expect(refusalOf(text)).toMatchObject({
        message: expect.stringContaining('no state'),
        remedy: expect.stringContaining(loopback),
      })
    }
  })

  it('that was cut off within its state is told to be', () => {
    expect(refusalOf(`${loopback}?code=c1&state=st4te-o`).message).toMatch(/cut off/)
  })

  it('is an address without state only where the service shows the code on a page of its own', () => {
    const native = 'https://as.example/oauth/authorize/native?code=c1'
    expect(paste(native, outOfBandRedirectUri)).toMatchObject({ code: 'c1' })
    expect(refusalOf(native).message).toMatch(/no state/)
  })

  it('never throws anything but a Problem, and never yields another state', () => {
    const piece = fc.constantFrom(
      answer,
      loopback,
      ' ',
      '\n',
      '?',
      '&',
      '#',
      '%3D',
      '%',
      '"',
      '<',
      '>',
      '.',
      'code=',
      'state=',
      '\u200b',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string())), (pieces) => {
        expect([state.reveal(), null]).toContain(taken(pieces.join('')))
      }),
    )
  })

  it.each(['.', ' ', 'a', 'a ', 'code ', '"', `${loopback} `, 'a:/ ', '?', '&'])(
    'is read in time of %j again and again',
    (piece) => {
      const long = piece.repeat(200_000 / piece.length)
      expect(taken(`${long}\u2028x y`)).not.toBe('')
    },
  )

  it('comes out the same however it is wrapped', () => {
    const code = fc.stringMatching(/^[A-Za-z0-9_/+=~-]{1,80}$/)
    const breaks = fc.array(fc.nat(200), { maxLength: 6 })
    fc.assert(
      fc.property(code, breaks, fc.constantFrom('\n', '\r\n', '\n  ', ' '), (typed, places, gap) => {
        const address = `${loopback}?code=${encodeURIComponent(typed)}&state=st4te-of-ours`
        const cuts = [0, ...places.map((place) => place % address.length).toSorted((one, other) => one - other)]
        const wrapped = cuts.map((from, at) => address.slice(from, cuts[at + 1])).join(gap)
        expect(paste(wrapped)).toEqual({ code: typed, state: state.reveal() })
      }),
    )
  })
})

describe('what a pasted answer leaves out', () => {
  /** How each check of it came out. */
  function checked(text: string, issuer: string) {
    const expected = { state, redirectUri: loopback, issuer }
    const checks: string[] = []
    const told = ({ which, result }: CheckFacts) => checks.push(`${which} ${result}`)
    const received = { ...parsePastedAnswer(text, expected), via: 'pasted' as const }
    return { code: readRedirectAnswer(received, expected, told).code.reveal(), checks }
  }

  it('is told of: a code alone has neither state nor iss', () => {
    const { code, checks } = checked('c1', 'https://as.example')
    expect(code).toBe('c1')
    expect(checks).toEqual(['redirect_uri skipped', 'parameters passed', 'state skipped', 'iss skipped', 'code passed'])
  })

  it('is no iss where the address has a state: the server promised one', () => {
    expect(() => checked(answer, 'https://as.example')).toThrow(/iss/)
    expect(checked(`${answer}&iss=https://as.example`, 'https://as.example').code).toBe('c1')
  })

  it('is not what it has: another iss is refused', () => {
    expect(() => checked(`${answer}&iss=https://evil.example`, 'https://as.example')).toThrow(/iss/)
  })
})
