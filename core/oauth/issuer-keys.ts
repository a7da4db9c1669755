// The keys that an issuer signs its tokens with.
import { createLocalJWKSet, type JSONWebKeySet } from 'jose'
import type { Recording } from '../flows/recording.ts'
import { isObject, parseJson } from '../json-path.ts'

/** `null` if the answer is a refusal, or no key set. @see https://www.rfc-editor.org/rfc/rfc7517#section-5 */
export async function fetchKeys(
  { recording, signal }: { recording: Recording; signal?: AbortSignal | undefined },
  address: string,
): Promise<JSONWebKeySet | null> {
  const purpose = { kind: 'issuer_keys' as const }
  const { fetch } = recording.exchange({ purpose, to: 'authorization_server', allowRedirects: false, signal })
  const response = await fetch(address, { headers: { accept: 'application/json' }, redirect: 'manual' })
  const keys = parseJson(await response.text())
  if (!response.ok || !isObject(keys)) return null
  const found = keys as unknown as JSONWebKeySet
  return isKeySet(found) ? found : null
}

function isKeySet(found: JSONWebKeySet): boolean {
  try {
    createLocalJWKSet(found)
    return true
  } catch {
    return false
  }
}
