// Through the description that discovery makes of an OpenID provider's metadata, at providers that others wrote: a client
// is registered, a person goes through the pages, and the checks that the ID token went through are read from the flow.
import type { Attempt } from '../../../contract/attempt.ts'
import type { ClientInput } from '../../../contract/client.ts'
import type { ProcedureOutput } from '../../../contract/procedures.ts'
import type { Choice, ForeignClient, InteropApp } from '../../support/interop-app.ts'

/** What a discovered description is called here: the port of the issuer changes from run to run. */
export const discoveredId = 'discovered'

/** Asks the issuer, and stores the description that came of it. */
export async function discover(
  { grantdesk }: InteropApp,
  issuer: string,
): Promise<ProcedureOutput<'services.discover'>> {
  const found = await grantdesk.call('services.discover', { url: issuer })
  const text = JSON.stringify({ ...found.description, id: discoveredId })
  await grantdesk.call('services.import', { text, replace: true })
  return found
}

/** What was checked of the ID token of an attempt, such as `nonce passed`. */
export async function idTokenChecks({ grantdesk }: InteropApp, { flowId }: Attempt): Promise<string[]> {
  const { events } = await grantdesk.call('flows.get', { id: flowId })
  return events.flatMap((event) =>
    event.kind === 'check' && /^(?:id_token|nonce)/.test(event.which) ? [`${event.which} ${event.result}`] : [],
  )
}

export const allPassed = [
  'id_token_issuer passed',
  'id_token_audience passed',
  'nonce passed',
  'id_token_expiry passed',
  'id_token_signature passed',
]

/** Connects with a redirect URI as it was registered, and pastes back an address that nothing here listens at. */
export async function connectAtExactly(
  at: InteropApp,
  client: ForeignClient,
  uri: string,
  choice: Choice = {},
): Promise<{ sent: string | null; redirect: string; attempt: Attempt }> {
  const redirect: ClientInput['redirect'] = { mode: 'exact', uri }
  const { attempt, end } = await at.visit({ ...client, redirect }, choice)
  const { searchParams } = new URL('authorizationUrl' in attempt ? attempt.authorizationUrl : '')
  if (attempt.state === 'awaiting_code')
    await at.grantdesk.call('connect.answer', { id: attempt.id, text: end.redirect?.href ?? '' })
  const settled = await at.grantdesk.settled(attempt.id)
  return { sent: searchParams.get('redirect_uri'), redirect: end.redirect?.href ?? end.words, attempt: settled }
}
