import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkNote, checkTitle } from '../../../../contract/flow/check-words.ts'
import type { FlowEvent } from '../../../../contract/flow/event.ts'
import { eventNote } from '../../../../contract/flow/words.ts'
import { refusalReasonSchema } from '../../../../contract/refusal-reason.ts'
import type { Recording } from '../../../../core/flows/recording.ts'
import { Redactor } from '../../../../core/flows/redactor.ts'
import { refusal } from '../../../../core/oauth/refusal.ts'
import { refusedWords, remedyFor } from '../../../../core/oauth/refusal-remedies.ts'
import type { Refused } from '../../../../core/oauth/refused.ts'
import { Problem } from '../../../../core/problem.ts'
import { Secret } from '../../../../core/secret.ts'
import { fuzzCases } from '../../../support/fuzz/seed.ts'
import { exchanged, flowFixture, pseudonym, said } from './flow-fixture.ts'

const aPseudonym = /<[a-z0-9_]+:[^<>]*>/

function flowWith(secret: string, label = 'client_secret'): Recording {
  return flowFixture().log.start({
    kind: 'refresh',
    about: {},
    serviceId: 's',
    hide: [[new Secret(secret), label]],
  })
}

function about(clientSecret: string, what = 'the refresh token'): Refused {
  return {
    by: 'token_endpoint',
    what,
    client: {
      clientId: 'web',
      clientSecret: new Secret(clientSecret),
      authentication: 'body',
      allowed: ['body', 'basic'],
    },
    secrets: [new Secret(clientSecret)],
    now: () => 0,
  }
}

const errors = ['invalid_client', 'invalid_grant', 'invalid_scope', 'login_required', 'slow_down', 'e_4711']
const answerOf = (error: string, description = 'No such thing.') => ({
  response: new Response(null, { status: 400 }),
  text: JSON.stringify({ error, error_description: description }),
})

/** What we say of every refusal, whatever the secret is. */
const sentences = refusalReasonSchema.options.flatMap((reason) =>
  ['the code', 'the refresh token', 'the user name and password'].flatMap((what) => {
    const asked = about('Zk3f9q-0123456789', what)
    return [refusedWords(reason, asked), remedyFor(reason, asked) ?? '']
  }),
)

/** Any part of what we say, from a letter to all of it. */
const partOfOurs = fc
  .tuple(fc.constantFrom(...sentences.filter((one) => one !== '')), fc.nat(), fc.nat())
  .map(([sentence, from, length]) => {
    const start = from % sentence.length
    return sentence.slice(start, start + 1 + (length % (sentence.length - start)))
  })

describe('what we say of a refusal', () => {
  it('holds no pseudonym, whatever the secret is', () => {
    fc.assert(
      fc.property(partOfOurs, fc.constantFrom(...errors), (secret, error) => {
        const { response, text } = answerOf(error)
        const plain = refusal(response, text, about('Zk3f9q-0123456789')).failure
        const failure = flowWith(secret).redact(refusal(response, text, about(secret)))
        expect(failure.remedy).toBe(plain.remedy)
        const sentence = plain.message.slice(0, plain.message.indexOf(': '))
        expect(failure.message.slice(0, sentence.length)).toBe(sentence)
      }),
      { numRuns: fuzzCases(500, 2_000) },
    )
  })

  it('holds none either where the server’s words hold the secret', () => {
    const secret = 'did not accept the client'
    const { response, text } = answerOf('invalid_client', `You ${secret}`)
    const { message } = flowWith(secret).redact(refusal(response, text, about(secret)))
    expect(message).toMatch(/^The server did not accept the client: You <[^>]*> \(invalid_client\)$/)
  })

  it('stays in a flow whose request was tried again', () => {
    const recording = flowWith('authorization server refused')
    const facts = { status: 400, errorDescription: null, code: null, message: null }
    recording.add({ kind: 'second_try', failure: { kind: 'refused', error: 'invalid_grant', ...facts } })
    recording.hide(new Secret('no other was to be had'), 'password')
    const event = recording.flow().events.at(-1)
    expect(event && eventNote(event)).toMatch(
      /no other was to be had: the authorization server refused: invalid_grant\.$/,
    )
  })

  it('still hides a token that got into it by a mistake', () => {
    const token = 'Zk3f9q-0123456789'
    const failure = flowWith(token).redact(new Problem({ kind: 'not_supported', message: `Not ${token}.` }))
    expect(failure.message).not.toContain(token)
  })
})

describe('the server’s words', () => {
  it.each(['client-secret-xyz', 'client_0123456789', 'grant-4711-0815'])('stay whole with the secret %s', (secret) => {
    for (const error of ['invalid_client', 'invalid_grant']) {
      const { response, text } = answerOf(error, `Sorry: ${error}`)
      const failure = flowWith(secret).redact(refusal(response, text, about(secret)))
      expect(failure).toMatchObject({ error, errorDescription: `Sorry: ${error}` })
    }
  })

  it.each(['secret', 'client', 'invalid_client', 'code', 'token'])('stay whole with the weak secret %s', (secret) => {
    const { response, text } = answerOf('invalid_client', 'The client secret, code or token is wrong')
    const failure = flowWith(secret).redact(refusal(response, text, about(secret)))
    expect(failure).toMatchObject({
      error: 'invalid_client',
      errorDescription: 'The client secret, code or token is wrong',
    })
  })

  it('lose the beginning of a secret at the end of a text that was cut', () => {
    const redactor = new Redactor(pseudonym)
    redactor.hide('client-secret-xyz', 'client_secret')
    redactor.hide('Zk3f9q0123', 'access_token')
    redactor.hide('correct horse battery staple', 'password')
    const cut = (text: string) => redactor.withoutTail(text)
    expect(cut('It was Zk3f')).toBe('It was ')
    expect(cut('It was client-secret-x')).toBe('It was ')
    expect(cut('It was correct horse battery')).toBe('It was ')
    expect(cut('invalid_client')).toBe('invalid_client')
    expect(cut('a bad clien')).toBe('a bad clien')
  })
})

describe('a weak secret', () => {
  const secret = 'secret'
  const shown = `<client_secret:${pseudonym(secret)}>`
  const last = (recording: Recording) => recording.flow().events.at(-1) as Extract<FlowEvent, { kind: 'exchange' }>

  it('is hidden where secrets stand', () => {
    const recording = flowWith(secret)
    const basic = `Basic ${Buffer.from(`web:${secret}`).toString('base64')}`
    recording.add(
      exchanged('authorization_server', {
        request: {
          url: `https://as.example/token?client_secret=${secret}`,
          headers: [
            ['content-type', 'application/x-www-form-urlencoded'],
            ['authorization', basic],
            ['x-odd', secret],
            ['x-other', `Key ${secret}`],
          ],
          body: `client_id=web&client_secret=${secret}&grant_type=refresh_token`,
        },
        response: { body: `{"client_secret":"${secret}","hint":"the secret is wrong"}` },
      }),
    )
    const { request, response } = last(recording)
    expect(request.url).toBe(`https://as.example/token?client_secret=${shown}`)
    expect(request.headers).toEqual([
      ['content-type', 'application/x-www-form-urlencoded'],
      ['authorization', `Basic <web:${shown}>`],
      ['x-odd', shown],
      ['x-other', `Key ${shown}`],
    ])
    expect(request.body).toBe(`client_id=web&client_secret=${shown}&grant_type=refresh_token`)
    expect(response?.body).toBe(`{"client_secret":"${shown}","hint":"the secret is wrong"}`)
  })

  it('keeps its label as another parameter', () => {
    const recording = flowWith(secret)
    recording.add(exchanged('api', { request: { headers: [['Authorization', `Bearer ${secret}`]] } }))
    expect(last(recording).request.headers).toEqual([['Authorization', `Bearer ${shown}`]])
  })

  it('spoils no other text, so that it is not given away', () => {
    const recording = flowWith(secret)
    recording.add(said('The secret of a client_secret is secret'))
    expect(recording.flow().events.at(-1)).toMatchObject({ grant: 'The secret of a client_secret is secret' })
    expect(JSON.stringify(recording.flow())).not.toMatch(aPseudonym)
  })

  it('is told once, in the flow', () => {
    const recording = flowWith(secret)
    recording.add(said('one'))
    recording.hide(new Secret('token'), 'access_token')
    recording.hide(new Secret('client'), 'client_secret')
    recording.add(said('two'))
    const checks = recording.flow().events.filter((event) => event.kind === 'check')
    expect(checks.map(checkTitle)).toEqual([
      'Hiding of secrets: client secret hidden in part',
      'Hiding of secrets: access token hidden in part',
    ])
    expect(checks.map(checkNote)[0]).toContain('ordinary word')
  })

  it('is not told of a code, which is used once', () => {
    const recording = flowWith('code', 'code')
    recording.add(said('one'))
    expect(recording.flow().events).toHaveLength(1)
  })

  it('that a server names is hidden there alone', () => {
    const recording = flowWith('Zk3f9q-0123456789')
    recording.add(exchanged('api', { response: { body: '{"password":"required","detail":"a password is required"}' } }))
    expect(last(recording).response?.body).toBe(
      `{"password":"<password:${pseudonym('required')}>","detail":"a password is required"}`,
    )
  })
})
