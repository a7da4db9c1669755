// That the canary suite would find a leak: one is seeded in every spelling, and in half.
import { describe, expect, it } from 'vitest'
import { type AllowedPlace, Capture } from '../support/canary/capture.ts'
import { SeededSecrets } from '../support/canary/seeded-secrets.ts'

const secrets = new SeededSecrets()
const secret = secrets.seed('token', '+/%~"<é')
const bytes = Buffer.from(secret)

const spellings: [string, string | Buffer][] = [
  ['as it is', `x${secret}x`],
  ['in JSON', JSON.stringify({ note: secret })],
  ['in JSON in JSON', JSON.stringify(JSON.stringify({ note: secret }))],
  ['percent-encoded', encodeURIComponent(secret)],
  ['in a form', new URLSearchParams({ note: secret }).toString()],
  ['in HTML', `<p>${secret.replace(/["<]/g, (mark) => `&#${mark.charCodeAt(0)};`)}</p>`],
  ['in base64', bytes.toString('base64')],
  ['in base64 after one byte', Buffer.from(`x${secret}yz`).toString('base64')],
  ['in base64 after two bytes', Buffer.from(`xx${secret}z`).toString('base64')],
  ['in base64url', bytes.toString('base64url')],
  ['in hexadecimal digits', bytes.toString('hex')],
  ['in UTF-16', Buffer.from(secret, 'utf16le')],
  ['without its end', secret.slice(0, 20)],
  ['without its beginning', secret.slice(-20)],
  ['among much else', Buffer.concat([Buffer.alloc(2_000_000, 'pln_'), bytes, Buffer.alloc(100)])],
]

function judged(content: string | Buffer, allowList: AllowedPlace[] = []) {
  const capture = new Capture()
  capture.add('a place', content)
  const { leaks, unused } = capture.check(secrets, allowList)
  return { leaks, unused }
}

describe('the search of the canary suite', () => {
  it.each(spellings)('finds a secret %s', (_, content) => {
    expect(judged(content).leaks).toEqual(['token in a place'])
  })

  it('finds nothing where there is nothing', () => {
    // The end of one piece and the beginning of the next must not make a longer piece by chance.
    expect(judged(Buffer.alloc(100_000, `${secret.slice(0, 15)}\0`)).leaks).toEqual([])
    expect(judged('').leaks).toEqual([])
  })

  it('lets stand what may stand there, and tells of what never stood where it may', () => {
    const here: AllowedPlace = { place: /^a place$/, kind: /^token$/, why: 'here' }
    const there: AllowedPlace = { place: /^elsewhere$/, kind: /^token$/, why: 'there' }
    expect(judged(secret, [here, there])).toEqual({ leaks: [], unused: ['there'] })
    expect(judged(secret, [there])).toEqual({ leaks: ['token in a place'], unused: ['there'] })
  })
})
