// A revocation in both encodings, at the application's door: the one of the description first, the other where the server
// refuses it or where the API takes the token as before.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openRevocationSetup, type RevocationSetup } from '../support/revocation-setup.ts'
import type { Asked } from '../support/test-server.ts'

type Encoding = 'form' | 'json'
type Reading = (encoding: Encoding, asked: Asked) => { status: number; ends: boolean }

let setup: RevocationSetup
/** What the server makes of a revocation. */
let reads: Reading
let ended: boolean

const encodingOf = ({ headers }: Asked): Encoding => (headers['content-type'] === 'application/json' ? 'json' : 'form')
const sent = () => setup.server.to('/revoke').map(encodingOf)
const revoke = () => setup.grantdesk.call('connections.revoke', { id: setup.id })

beforeEach(() => {
  ended = false
})
afterEach(() => setup.close())

async function connected(encoding: Encoding): Promise<void> {
  setup = await openRevocationSetup(
    { revocation: { encoding } },
    {
      '/me': () => (ended ? { status: 401 } : { json: { id: '1', name: 'Ada' } }),
      '/revoke'(asked) {
        const { status, ends } = reads(encodingOf(asked), asked)
        ended ||= ends
        const json = status === 200 ? {} : { error: 'invalid_request', error_description: 'Not in this form.' }
        return { status, json }
      },
    },
  )
}

it.each<[Encoding, Encoding]>([
  ['form', 'json'],
  ['json', 'form'],
])('refused as %s, it is sent as %s', async (first, second) => {
  reads = (encoding) => ({ status: encoding === second ? 200 : 400, ends: encoding === second })
  await connected(first)
  expect(await revoke()).toMatchObject({ outcome: 'revoked' })
  expect(sent()).toEqual([first, first, second, second])
})

it('accepted without effect, it is sent the other way, and the API is asked once more', async () => {
  reads = (encoding) => ({ status: 200, ends: encoding === 'form' })
  await connected('json')
  expect(await revoke()).toMatchObject({ outcome: 'revoked' })
  expect(sent()).toEqual(['json', 'json', 'form', 'form'])
})

it('accepted as a form without effect, it is not sent again as JSON', async () => {
  reads = () => ({ status: 200, ends: false })
  await connected('form')
  expect(await revoke()).toMatchObject({ outcome: 'still_works' })
  expect(sent()).toEqual(['form', 'form'])
})

it('taken at once, it is sent one way alone', async () => {
  reads = () => ({ status: 200, ends: true })
  await connected('form')
  expect(await revoke()).toMatchObject({ outcome: 'revoked' })
  expect(sent()).toEqual(['form', 'form'])
})

it('refused both ways, the words are those of the first, and the connection stays', async () => {
  reads = () => ({ status: 400, ends: false })
  await connected('json')
  const revocation = await revoke()
  expect(revocation).toMatchObject({ outcome: 'refused', words: expect.stringContaining('Not in this form.') })
  const { connections } = await setup.grantdesk.call('app.snapshot', {})
  expect(connections[0]?.status).toEqual({ kind: 'good' })
})

it('accepted both ways without effect, the service is said to have accepted it', async () => {
  reads = (encoding) => ({ status: encoding === 'form' ? 200 : 415, ends: false })
  await connected('form')
  const { outcome, words } = await revoke()
  expect([outcome, words]).toEqual(['still_works', expect.stringContaining('The service accepted the revocation')])
})

it('of the one token that was refused, only that one is sent again', async () => {
  reads = (encoding, asked) => {
    const whole = encoding === 'form' ? asked.form.get('token') : JSON.parse(asked.body).token
    if (encoding === 'form' && whole === 'rt-0123456789') return { status: 400, ends: false }
    return { status: 200, ends: whole === 'at-0123456789' }
  }
  await connected('form')
  expect(await revoke()).toMatchObject({ outcome: 'revoked' })
  expect(sent()).toEqual(['form', 'form', 'json'])
})
