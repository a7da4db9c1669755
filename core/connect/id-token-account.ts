// Whose tokens they are by the ID token, where no API says.
import type { Identity } from '../connections/identify.ts'
import type { Recording } from '../flows/recording.ts'
import type { IdToken } from '../oauth/id-token.ts'

const longestName = 200

/** The API's answer has precedence; where it refuses the token, nothing is filled in. */
export function namedByIdToken(
  identity: Identity,
  idToken: IdToken | undefined,
  recording: Pick<Recording, 'text'>,
): Identity {
  if (identity.account || identity.status === 401 || !idToken) return identity
  const { sub, name, preferred_username, email } = idToken.claims
  const text = (claim: unknown) =>
    typeof claim === 'string' && claim !== '' ? recording.text(claim).slice(0, longestName) : null
  const shown = text(name) ?? text(preferred_username) ?? text(email) ?? text(sub)
  if (shown === null) return identity
  const account = { id: text(sub), name: shown, email: text(email), detail: text(preferred_username) }
  return { ...identity, account }
}
