import { expect, it } from 'vitest'
import { openHttpSession } from '../../../../core/door/http-session.ts'

const pairOf = (setCookie: string) => setCookie.split(';')[0] ?? ''

it('admits its own cookie among others, and no other', () => {
  const session = openHttpSession(4711)
  const own = pairOf(session.cookie())
  expect(session.admits(`theme=dark; ${own}`)).toBe(true)
  expect(session.admits(`${own.slice(0, -1)}`)).toBe(false)
  expect(session.admits(own.replace('4711', '4712'))).toBe(false)
  expect(session.admits(`x${own}`)).toBe(false)
  expect(session.admits(undefined)).toBe(false)
  expect(openHttpSession(4711).admits(own)).toBe(false)
})

it('keeps the cookie from scripts and from other sites, and never puts the token into it', () => {
  const session = openHttpSession(4711)
  expect(session.cookie()).toMatch(/^grantdesk-4711=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)
  expect(session.cookie()).not.toContain(session.token)
})

it('keeps the proof in the fragment, apart from the cookie, and takes no other', () => {
  const session = openHttpSession(4711)
  const [, proof = ''] = session.startPath().split('/#proof=')
  expect(proof).toMatch(/^[\w-]{43}$/)
  expect(session.cookie()).not.toContain(proof)
  expect(session.proves(proof)).toBe(true)
  for (const other of [undefined, '', session.token, `${proof}x`, [proof]]) expect(session.proves(other)).toBe(false)
})

it('takes the token as often as it comes', () => {
  const session = openHttpSession(1)
  expect(session.token).toMatch(/^[\w-]{43}$/)
  expect([session.redeemToken(session.token), session.redeemToken(session.token)]).toEqual([true, true])
  expect(session.redeemToken('')).toBe(false)
})

it('takes a ticket once, within its minute', () => {
  let now = 0
  const session = openHttpSession(1, () => now)
  expect(session.redeemTicket('')).toBe(false)
  const first = session.issueTicket()
  expect([session.redeemTicket(first), session.redeemTicket(first)]).toEqual([true, false])
  const second = session.issueTicket()
  now = 60_000
  expect(session.redeemTicket(second)).toBe(false)
})

it('takes neither for the other', () => {
  const session = openHttpSession(1)
  expect(session.redeemTicket(session.token)).toBe(false)
  expect(session.redeemToken(session.issueTicket())).toBe(false)
})
