// The client credentials grant: tokens for the client itself, or for an installation of it.
// @see https://www.rfc-editor.org/rfc/rfc6749#section-4.4

import { tokenRequestParameters } from '../../connections/grant-answers.ts'
import { installationIn } from '../../oauth/pasted-installation.ts'
import { unexpected } from '../../oauth/refusal.ts'
import { requestClientCredentials } from '../../oauth/token-endpoint.ts'
import type { AttemptContext } from './attempt-context.ts'
import { visitAuthorizationEndpoint } from './browser-visit.ts'
import { type AttemptReporter, type GrantHandler, tokenEndpoint } from './grant-handler.ts'

export const byClientCredentials: GrantHandler = async (attemptContext, reporter) => {
  const { grant, input } = attemptContext
  const parameter = grant.installation?.parameter
  const given = input.installation
  const redirected = parameter !== undefined && given === undefined ? await redirect(attemptContext, reporter) : {}
  const installation =
    parameter === undefined
      ? null
      : given === undefined
        ? installationNamed(redirected, parameter, attemptContext)
        : installationGiven(given, parameter, attemptContext)
  reporter.show({ state: 'exchanging', ...attemptContext.common, ...(installation === null ? {} : { installation }) })
  await attemptContext.writeIntent()
  const purpose = { kind: 'token_request', grantType: 'client_credentials' } as const
  const at = tokenEndpoint(attemptContext, purpose, redirected)
  const answer = await requestClientCredentials(at, tokenRequestParameters(grant, { ...input, installation }))
  return { answer, installation, redirected }
}

/** By the person's own hand: nothing shows who began it. */
function installationGiven(given: string, parameter: string, { recording }: AttemptContext): string {
  const id = installationIn(given, parameter)
  const facts = { which: 'installation', expected: parameter, found: id } as const
  recording.check({ ...facts, result: 'unconfirmed', reason: 'unsolicited' })
  return id
}

/** The person installs the client in the browser; the redirect has the installation's id, and a code that is not needed. */
async function redirect(attemptContext: AttemptContext, reporter: AttemptReporter): Promise<Record<string, string>> {
  return (await visitAuthorizationEndpoint(attemptContext, reporter)).answer.parameters
}

/** Throws Problem if the redirect does not name it. */
function installationNamed(
  redirected: Record<string, string>,
  parameter: string,
  { recording: { check } }: AttemptContext,
): string {
  const id = Object.hasOwn(redirected, parameter) ? redirected[parameter] : undefined
  const isNamed = Boolean(id) && (id?.length ?? 0) <= 200
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
