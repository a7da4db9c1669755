import { expect, it } from 'vitest'
import { contextOf, diagnosisBy, eventsOf } from './diagnosis-fixture.ts'
import { apiAnswer, connectionWith, serviceWith } from './known-fixture.ts'

const service = serviceWith({ requestHeaders: { Accept: 'application/json', 'X-Account': '{workspace_id}' } })
const context = contextOf({ service, connection: connectionWith() })

it('workspace-not-chosen: names the header that was left out', () => {
  const found = diagnosisBy('workspace-not-chosen', eventsOf(apiAnswer(400)), context)
  expect(found?.title).toContain('X-Account')
  expect(found?.actions).toEqual([{ action: 'choose_workspace', connectionId: 'c1' }])
})

it('workspace-not-chosen: says nothing where it was sent, or none is wanted', () => {
  const headers: [string, string][] = [['x-account', '7']]
  const sent = eventsOf(apiAnswer(400, {}, null, { headers }))
  expect(diagnosisBy('workspace-not-chosen', sent, context)).toBeUndefined()
  const without = contextOf({ service: serviceWith(), connection: connectionWith() })
  expect(diagnosisBy('workspace-not-chosen', eventsOf(apiAnswer(400)), without)).toBeUndefined()
})
