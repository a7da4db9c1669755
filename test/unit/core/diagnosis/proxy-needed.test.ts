import { expect, it } from 'vitest'
import { diagnose } from '../../../../core/diagnosis/diagnose.ts'
import {
  contextOf,
  diagnosisBy,
  earlierFlow,
  eventsOf,
  exchange,
  networkFailure,
  unanswered,
} from './diagnosis-fixture.ts'

const proxy = { address: 'http://proxy.example:3128', from: 'environment', variable: 'HTTPS_PROXY', signsIn: false }
const through = { ...exchange({}), route: { proxy, authorities: ['usual'] } }
const timedOut = unanswered({ kind: 'timed_out', host: 'as.example', afterMs: 30_000 })

it('proxy-needed: names the proxy that reached the host before', () => {
  const context = contextOf({ earlier: [earlierFlow(eventsOf(through))] })
  const found = diagnosisBy('proxy-needed', eventsOf(timedOut), context)
  expect(found?.evidence[1]).toMatchObject({ event: null, value: 'http://proxy.example:3128' })
  expect(found?.actions[0]).toEqual({ action: 'proxy_settings' })
  expect(diagnosisBy('no-answer-in-time', eventsOf(timedOut), context)).toBeUndefined()
})

it('proxy-needed: says nothing where the host was reached directly before, or the connection broke later', () => {
  const direct = contextOf({ earlier: [earlierFlow(eventsOf(exchange({})))] })
  expect(diagnosisBy('proxy-needed', eventsOf(timedOut), direct)).toBeUndefined()
  const before = contextOf({ earlier: [earlierFlow(eventsOf(through))] })
  expect(diagnosisBy('proxy-needed', eventsOf(networkFailure('ECONNRESET')), before)).toBeUndefined()
})

it.each(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'EHOSTUNREACH'])(
  'proxy-needed: is all that is said of %s then',
  (code) => {
    const context = contextOf({ earlier: [earlierFlow(eventsOf(through))] })
    expect(diagnose(eventsOf(networkFailure(code)), context).map(({ rule }) => rule)).toEqual(['proxy-needed'])
  },
)
