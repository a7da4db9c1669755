// What a connection waits for: whose answer, what went wrong, when it is retried. A running operation can be cancelled.
import { Button } from '@mantine/core'
import type { ConnectionView, Waiting } from '../../contract/connection.ts'
import { Countdown } from '../kit/countdown.tsx'
import { Notice } from '../kit/notice.tsx'
import { toast } from '../kit/toasts.tsx'
import { useCall } from '../state/use-call.ts'
import { useLasting } from '../state/use-lasting.ts'
import { useNow } from '../state/use-now.ts'
import statusStyles from './connection-status.module.css'

/** An operation that is over sooner says nothing (ms). */
const showAfter = 2_000

const answers: Record<NonNullable<ConnectionView['busy']>, string> = {
  refreshing: 'the refresh',
  revoking: 'the revocation',
  identifying: 'the question whose token this is',
}

export function Awaited({ connection }: { connection: ConnectionView }) {
  const { id, busy, waiting, serviceName } = connection
  const cancel = useCall('connections.cancel')
  const lasting = useLasting(busy !== null, showAfter)
  if (waiting === null && !lasting) return null

  async function stop() {
    const answer = await cancel.call({ id })
    if (!answer.ok) toast({ message: answer.failure.message, tone: 'bad' })
  }

  return (
    <div className={statusStyles.needs}>
      <Notice
        tone="busy"
        ticking={waiting !== null}
        action={
          busy && (
            <Button size="xs" variant="default" loading={cancel.pending} onClick={() => void stop()}>
              Cancel
            </Button>
          )
        }
      >
        {waiting !== null ? (
          <TriedAgain waiting={waiting} />
        ) : (
          busy && `Waiting for the answer of ${serviceName} to ${answers[busy]}.`
        )}
      </Notice>
    </div>
  )
}

function TriedAgain({ waiting }: { waiting: Waiting }) {
  const now = useNow()
  return (
    <>
      {waiting.for} Nothing was refused and nothing changed; it is tried again by itself{' '}
      {waiting.until > now ? (
        <>
          in <Countdown at={waiting.until} />.
        </>
      ) : (
        'now.'
      )}
    </>
  )
}
