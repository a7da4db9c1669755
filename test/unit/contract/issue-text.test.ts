// A flow as a text for a service's support.
import { expect, it } from 'vitest'
import { flowEventSchema } from '../../../contract/flow/event.ts'
import { issueText } from '../../../contract/flow/issue-text.ts'
import { aboutNothing } from '../../../core/flows/default-facts.ts'

it('names what a support looks a request up by', () => {
  const at = Date.UTC(2026, 10, 30, 9, 15, 2, 120)
  const exchange = flowEventSchema.parse({
    ...{
      kind: 'exchange',
      id: '1',
      at,
      purpose: { kind: 'refresh', with: 'refresh_token' },
      to: 'authorization_server',
    },
    request: {
      ...{ method: 'POST', url: 'https://as.example/token?tenant=7' },
      headers: [['authorization', 'Basic <web:<client_secret:12ab34cd>>']],
      body: 'grant_type=refresh_token&refresh_token=<refresh_token:12ab34cd>&scope=read+write',
    },
    response: {
      ...{ status: 400, statusText: 'Bad Request', size: null, truncated: false },
      headers: [
        ['x-request-id', 'abc-1'],
        ['cf-ray', '8f'],
        ['content-type', 'application/json'],
      ],
      body: '{"error":"invalid_grant","error_description":"It was\\n revoked"}',
    },
    ...{ outcome: 'failed', attempts: 1, timing: {} },
  })
  const about = { ...aboutNothing, service: 'Example', connection: 'Ada' }
  const text = issueText(
    {
      ...{ id: 'f', kind: 'refresh', about, serviceId: 'x', connectionId: null, startedAt: at, endedAt: at },
      ...{ outcome: 'failed', failure: null, eventCount: 1, events: [exchange] },
    },
    null,
  )
  expect(text.split('\n')).toEqual([
    'Refresh Ada: failed',
    '',
    'Service: Example',
    'Time: 2026-11-30T09:15:02.120Z',
    'Step: Refresh the access token',
    'Request: POST https://as.example/token',
    'grant_type: refresh_token',
    'Status: 400 Bad Request',
    'error: invalid_grant',
    'error_description: It was revoked',
    'x-request-id: abc-1',
    'cf-ray: 8f',
    'client_id: web',
    'Scopes asked for: read write',
    '',
  ])
})
