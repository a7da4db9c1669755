// How a token is sent, in words: its header, and what stands before the token in it.
import type { TokenPlacement } from './service.ts'

/** “Authorization: Bearer …”; says so if `null`, because the service's description is damaged. */
export function placementWords(placement: TokenPlacement | null): string {
  return placement === null
    ? 'not known: the service’s description is damaged'
    : `${placement.header}: ${placement.prefix}…`
}
