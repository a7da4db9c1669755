import { expect, it } from 'vitest'
import { clientWith, refusedRedirect, serviceWith, shown, unansweredRedirect } from './authorization-fixture.ts'
import { contextOf, diagnosisBy, earlierFlow } from './diagnosis-fixture.ts'

const sent = 'http://127.0.0.1:41000/callback'
const client = clientWith('http://127.0.0.1/callback', true)

it('redirect-uri-port: connects again with a fixed port, and offers the redirect URI and the page to register it', () => {
  const found = diagnosisBy('redirect-uri-port', refusedRedirect(sent), contextOf({ client, service: serviceWith() }))
  expect(found?.weight).toBe('cause')
  expect(found?.evidence[0]?.marked && sent.slice(...found.evidence[0].marked)).toBe(':41000')
  expect(found?.actions).toEqual([
    { action: 'reconnect', connectionId: null, changes: { redirect: { mode: 'fixed', port: 53682 } } },
    { action: 'copy', what: 'redirect_uri', value: 'http://127.0.0.1:53682/callback' },
    { action: 'open_page', page: 'registration', url: 'https://as.example/apps' },
    { action: 'edit_client', clientId: 'c1' },
  ])
})

it('redirect-uri-port: is likely where the browser never came back from a server that may compare the port', () => {
  const found = diagnosisBy('redirect-uri-port', unansweredRedirect(sent), contextOf({ client }))
  expect(found?.weight).toBe('likely')
})

it('redirect-uri-port: says nothing where the server takes any port, as it is known or as it did before', () => {
  const service = serviceWith({ redirect: { anyPort: 'yes' } })
  expect(diagnosisBy('redirect-uri-port', unansweredRedirect(sent), contextOf({ client, service }))).toBeUndefined()
  const before = earlierFlow(unansweredRedirect('http://127.0.0.1:42000/callback'), { kind: 'connect' })
  expect(
    diagnosisBy('redirect-uri-port', unansweredRedirect(sent), contextOf({ client, earlier: [before] })),
  ).toBeUndefined()
})

it('redirect-uri-port: shows both ports where the registered one is another', () => {
  const other = clientWith('http://127.0.0.1:8080/callback')
  const found = diagnosisBy('redirect-uri-port', refusedRedirect(sent), contextOf({ client: other }))
  expect(shown(found)?.slice(0, 2)).toEqual(['4100', '808'])
  expect(found?.actions[0]).toEqual({ action: 'copy', what: 'redirect_uri', value: sent })
})
