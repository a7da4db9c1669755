// Connecting to a company's service, and what the flow tells of it: for the tests of proxies and certificates.
import type { Attempt } from '../../contract/attempt.ts'
import type { Failure } from '../../contract/failure.ts'
import type { KeptFlow } from '../../contract/flow/flow.ts'
import { companySecret } from './company-service.ts'
import type { TestApp } from './test-app.ts'

/** The service is known already. */
export async function connectCompany(grantdesk: TestApp, baseUrl: string, serviceId = 'corp'): Promise<Attempt> {
  const client = await grantdesk.call('clients.save', {
    ...{ name: 'Corp', serviceId, baseUrl, clientId: 'desk', clientSecret: companySecret },
    ...{ clientAuthentication: 'body', redirect: { mode: 'ephemeral' } },
  })
  const { id } = await grantdesk.call('connect.start', { client: { id: client.id }, grantId: 'machine', scopes: [] })
  return grantdesk.settled(id)
}

export async function newestFlow(grantdesk: TestApp): Promise<KeptFlow> {
  const { flows } = await grantdesk.call('flows.list', {})
  return grantdesk.call('flows.get', { id: flows[0]?.id ?? '' })
}

export const exchangesOf = ({ events }: KeptFlow) => events.filter((event) => event.kind === 'exchange')

export function failureOf(attempt: Attempt): Failure {
  if (attempt.state !== 'failed') throw new Error(JSON.stringify(attempt))
  return attempt.failure
}
