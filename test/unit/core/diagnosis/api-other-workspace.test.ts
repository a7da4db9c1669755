import { expect, it } from 'vitest'
import { contextOf, diagnosisBy, eventsOf } from './diagnosis-fixture.ts'
import { apiAnswer, connectionWith, serviceWith } from './known-fixture.ts'

const service = serviceWith({ requests: [{ name: 'Things', method: 'GET', path: '/v1/workspaces/{slug}/things/' }] })
const workspace = { id: '1', name: 'Home', slug: 'home', detail: null }
const context = contextOf({ service, connection: connectionWith({ workspace }) })
const asking = (slug: string) =>
  eventsOf(apiAnswer(404, {}, null, { url: `https://api.example/v1/workspaces/${slug}/things/9` }))

it('api-other-workspace: marks the workspace in the path', () => {
  const found = diagnosisBy('api-other-workspace', asking('other'), context)
  const [url, known] = found?.evidence ?? []
  expect(url?.value.slice(...(url.marked ?? []))).toBe('other')
  expect(known?.value).toBe('home')
})

it('api-other-workspace: says nothing of the connection’s own, or where none is known', () => {
  expect(diagnosisBy('api-other-workspace', asking('home'), context)).toBeUndefined()
  const unknown = contextOf({ service, connection: connectionWith() })
  expect(diagnosisBy('api-other-workspace', asking('other'), unknown)).toBeUndefined()
})
