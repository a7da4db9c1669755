// The client credentials grant: tokens for the client itself, or for an installation of it.
// @see https://www.rfc-editor.org/rfc/rfc6749#section-4.4

import { askedOf } from '../../connections/grant-answers.ts'
import { unexpected } from '../../oauth/refusal.ts'
import { requestClientCredentials } from '../../oauth/token-endpoint.ts'
import type { AttemptContext } from './attempt-context.ts'
import { visitAuthorizationEndpoint } from './browser-visit.ts'
import { type AttemptReporter, type GrantHandler, tokenEndpoint } from './grant-handler.ts'

export const byClientCredentials: GrantHandler = async (attemptContext, reporter) => {
  const { grant, input } = attemptContext
  const parameter = grant.installation?.parameter
  const installation =
    parameter === undefined ? null : (input.installation ?? (await install(attemptContext, reporter, parameter)))
  reporter.show({ state: 'exchanging', ...attemptContext.common, ...(installation === null ? {} : { installation }) })
  await attemptContext.writeIntent()
  const at = tokenEndpoint(attemptContext, { kind: 'token_request', grantType: 'client_credentials' })
  const answer = await requestClientCredentials(at, askedOf(grant, { ...input, installation }))
  return { answer, installation }
}

/** The person installs the client in the browser; the redirect has the installation's id, and a code that is not needed. */
async function install(attemptContext: AttemptContext, reporter: AttemptReporter, parameter: string): Promise<string> {
  const { answer } = await visitAuthorizationEndpoint(attemptContext, reporter)
  const id = Object.hasOwn(answer.parameters, parameter) ? answer.parameters[parameter] : undefined
  const isNamed = Boolean(id) && (id?.length ?? 0) <= 200
  const { check } = attemptContext.recording
  check({
    which: 'installation',
    expected: parameter,
    found: id ?? null,
    ...(isNamed ? { result: 'passed' } : { result: 'failed', reason: 'missing' }),
  })
  if (!id || !isNamed) {
    throw unexpected(
      null,
      `The redirect does not carry ${parameter}.`,
      'Install the app in a workspace, then connect again.',
    )
  }
  return id
}
