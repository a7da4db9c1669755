// A static token is checked before it is stored: if the API refuses it, the person still has it and can look at it again.
import { type Identity, tryToIdentify } from '../connections/identify.ts'
import { quoted } from '../oauth/refusal.ts'
import { Problem } from '../problem.ts'
import type { ConnectionRecord } from '../records.ts'
import type { AttemptContext } from './grants/attempt-context.ts'
import type { Obtained } from './grants/grant-handler.ts'

/** Asks the API whose token it is. Throws Problem if it refuses the token. */
export async function checkHandedOver(
  { service, recording, signal, grant }: AttemptContext,
  record: ConnectionRecord,
  { answer: { accessToken } }: Obtained,
): Promise<Identity> {
  const identity = await tryToIdentify({ service, record, accessToken, recording, signal })
  const { status, refusal } = identity
  if (refusal?.kind === 'refused' && (status === 401 || status === 403)) {
    const { error, errorDescription } = refusal
    const said = quoted({ error, errorDescription })
    const words = said === null ? ', and gave no reason' : `. It says: ${said.replace(/\.$/, '')}`
    throw new Problem({
      ...refusal,
      message: `${service.name} does not accept this ${inSentence(grant.name)} (status ${status})${words}. Nothing was stored.`,
      remedy: 'Check that it was copied whole, that it is for this address, and that it has not ended.',
    })
  }
  return identity
}

/** A grant's name in mid-sentence: lowers the first letter of “Personal access token”, but not of “API key” or “GitHub token”. */
function inSentence(name: string): string {
  return name.replace(/^\p{Lu}(?=\p{Ll}+\b)/u, (letter) => letter.toLowerCase())
}
