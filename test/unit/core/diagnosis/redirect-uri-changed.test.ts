import { describe, expect, it } from 'vitest'
import { authorizationRequest, diagnosisBy, eventsOf, exchange, form, refusal } from './diagnosis-fixture.ts'

const asked = 'http://127.0.0.1:53682/callback'

function flowWith(redirectUri: string, outcome: 'failed' | 'succeeded' = 'failed') {
  const answer = outcome === 'failed' ? refusal('invalid_grant') : {}
  return eventsOf(
    authorizationRequest({ redirect_uri: asked }),
    exchange({ request: form({ redirect_uri: redirectUri }), response: answer, outcome }),
  )
}

describe('redirect-uri-changed', () => {
  it('shows both redirect URIs and marks where they differ', () => {
    const found = diagnosisBy('redirect-uri-changed', flowWith('http://127.0.0.1:53690/callback'))
    expect(found?.weight).toBe('cause')
    const marked = found?.evidence.map(({ event, value, marked }) => [event, value.slice(...(marked ?? []))])
    expect(marked).toEqual([
      ['1', '82'],
      ['2', '90'],
    ])
  })

  it('says nothing where they are equal', () => {
    expect(diagnosisBy('redirect-uri-changed', flowWith(asked))).toBeUndefined()
  })

  it('says nothing where the server took it', () => {
    expect(diagnosisBy('redirect-uri-changed', flowWith('http://127.0.0.1:1/', 'succeeded'))).toBeUndefined()
  })
})
