import { describe, expect, it } from 'vitest'
import type { FlowEvent } from '../../../../contract/flow/event.ts'
import { Problem } from '../../../../core/problem.ts'
import { Secret } from '../../../../core/secret.ts'
import { cpuTime } from '../../../support/cpu-time.ts'
import { exchanged, flowFixture, pseudonym as p } from './flow-fixture.ts'

const form = (text: string) => new URLSearchParams([['', text]]).toString().slice(1)
const response = (body: string, headers: [string, string][] = []) => ({ response: { headers, body } })
const bodyOf = (event: FlowEvent | undefined) => (event?.kind === 'exchange' ? event.response?.body : undefined)

describe('a body of many members that look like secrets', () => {
  const members = (value: string) =>
    Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`t${i}_token`, value + i]))

  it.each(['/', '//', '%25', '\\', 'abcde/', '/+=&"\''])('made of %s costs no time', (piece) => {
    const { log } = flowFixture()
    const recording = log.start({ kind: 'request', about: {}, serviceId: 's' })
    recording.hide(new Secret(`${piece.repeat(240)}L`), 'access_token')
    const body = JSON.stringify(members(piece.repeat(40))) + piece.repeat((1024 * 1024) / piece.length)
    expect(cpuTime(() => recording.add(exchanged('api', response(body))))).toBeLessThan(3000)
  })

  it('still has our own secrets hidden in every spelling', () => {
    const { log } = flowFixture()
    const secret = 'p+q%41:r/s=tuvw'
    const recording = log.start({ kind: 'request', about: {}, serviceId: 's' })
    const mixed = Array.from({ length: 240 }, (_, i) => '/+=&"'[i % 5]).join('')
    const body = JSON.stringify({ ...members(mixed), note: `${secret} ${form(secret)}` })
    recording.add(exchanged('authorization_server', response(body)))
    recording.hide(new Secret(secret), 'client_secret')
    expect(bodyOf(recording.flow().events[0])).toContain(`<client_secret:${p(secret)}> <client_secret:${p(secret)}>`)
  })
})

it('a recording goes on without a pseudonym when the vault has none to give', async () => {
  const { log } = flowFixture({
    pseudonym() {
      throw new Error('locked')
    },
  })
  const recording = log.start({ kind: 'refresh', about: {}, serviceId: 's' })
  recording.add(exchanged('api', response('{"access_token":"tok-777777"}')))
  recording.hide(new Secret('tok-777777'), 'access_token')
  expect(bodyOf(recording.flow().events[0])).toBe('{"access_token":"<access_token:hidden>"}')
})

describe('a secret whose letters changed their case', () => {
  it('is hidden in the name of a header and in the host of a redirect', () => {
    const { log } = flowFixture()
    const secret = 'CLIENTSECRETabcdef123456'
    const recording = log.start({
      kind: 'refresh',
      about: {},
      serviceId: 's',
      hide: [[new Secret(secret), 'client_secret']],
    })
    const headers: [string, string][] = [
      [`x-${secret.toLowerCase()}`, '1'],
      ['location', `https://${secret.toLowerCase()}.example/`],
    ]
    recording.add(exchanged('authorization_server', response('', headers)))
    expect(JSON.stringify(recording.flow()).toLowerCase()).not.toContain(secret.toLowerCase())
  })
})

it('a failure whose words were cut within a secret loses the half that is left', () => {
  const { log } = flowFixture()
  const recording = log.start({
    kind: 'connect',
    about: {},
    serviceId: 's',
    hide: [[new Secret('sesame-open-wide'), 'x']],
  })
  const said = 'xx sesame-ope… (error)'
  const failure = recording.redact(new Problem({ kind: 'not_supported', message: `It said: ${said}` }, [said]))
  expect(failure.message).toBe('It said: xx … (error)')
})
