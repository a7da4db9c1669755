// What a connection waits for by itself: whose trouble it is, and when it is tried again. Nothing for the person to do.
import type { Waiting } from '../../contract/connection.ts'
import { Countdown } from '../kit/countdown.tsx'
import { Notice } from '../kit/notice.tsx'
import { useNow } from '../state/use-now.ts'

export function WaitingNotice({ waiting }: { waiting: Waiting }) {
  const now = useNow()
  return (
    <Notice tone="busy" ticking>
      {waiting.for} Nothing was refused and nothing changed; it is tried again by itself{' '}
      {waiting.until > now ? (
        <>
          in <Countdown at={waiting.until} />.
        </>
      ) : (
        'now.'
      )}
    </Notice>
  )
}
