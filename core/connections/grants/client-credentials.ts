// The client credentials grant: the client's own tokens, or those of a place where it was installed.
// @see https://www.rfc-editor.org/rfc/rfc6749#section-4.4

import { unexpected } from '../../oauth/refusal.ts'
import { requestClientCredentials } from '../../oauth/token-endpoint.ts'
import { askedOf } from '../grant-answers.ts'
import type { Undertaking } from '../undertaking.ts'
import { visitAuthorizationEndpoint } from './browser-visit.ts'
import { type Stage, tokenEndpoint, type Way } from './way.ts'

export const byClientCredentials: Way = async (undertaking, stage) => {
  const { grant, input } = undertaking
  const parameter = grant.installation?.parameter
  const installation =
    parameter === undefined ? null : (input.installation ?? (await install(undertaking, stage, parameter)))
  stage.show({ state: 'exchanging', ...undertaking.common, ...(installation === null ? {} : { installation }) })
  const at = tokenEndpoint(undertaking, 'Ask for a token with client credentials')
  const answer = await requestClientCredentials(at, askedOf(grant, { ...input, installation }))
  return { answer, installation }
}

/** The person installs the client in the browser; the redirect names the place, and brings a code that nobody needs. */
async function install(undertaking: Undertaking, stage: Stage, parameter: string): Promise<string> {
  const { answer } = await visitAuthorizationEndpoint(undertaking, stage)
  const id = Object.hasOwn(answer.parameters, parameter) ? answer.parameters[parameter] : undefined
  if (!id || id.length > 200) {
    throw unexpected(
      null,
      `The redirect does not carry ${parameter}.`,
      'Install the app in a workspace, then connect again.',
    )
  }
  return id
}
