// How a token is sent: its header and what stands before the token in it, monospaced where that is known.
import { placementWords } from '../../contract/placement-words.ts'
import type { TokenPlacement } from '../../contract/service.ts'
import { Mono } from './mono.tsx'

export function TokenPlacementText({ placement }: { placement: TokenPlacement | null }) {
  const words = placementWords(placement)
  return placement === null ? words : <Mono>{words}</Mono>
}
