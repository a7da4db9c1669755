// The way on where a practice service was asked and none runs: a button among the next actions of a failure.
import { Button } from '@mantine/core'
import type { Failure } from '../../contract/failure.ts'
import { wantsPractice } from '../state/practice.ts'
import { useGrantdesk } from '../state/store.ts'
import { useCall } from '../state/use-call.ts'
import { toast } from './toasts.tsx'

interface StartPracticeProps {
  failure: Failure
  /** Our id of the client that was used. */
  clientId: string | null
}

/** Starts the practice services; nothing where the failure is not for want of them. */
export function StartPractice({ failure, clientId }: StartPracticeProps) {
  const practice = useGrantdesk((state) => state.practice)
  const client = useGrantdesk((state) => state.clients.find(({ id }) => id === clientId))
  const start = useCall('practice.start')
  if (!client || !wantsPractice(failure, client, practice)) return null
  const { baseUrl } = client

  async function run() {
    const answer = await start.call({})
    if (!answer.ok) return
    const status = answer.value
    if (status.state === 'failed') toast({ message: status.why, tone: 'bad' })
    if (status.state !== 'running') return
    // Where its usual port was taken, a service begins anew at another address.
    const same = status.services.some((service) => service.baseUrl === baseUrl)
    const way = same ? 'reconnect.' : 'connect anew, they live at another port now.'
    toast({ message: `The practice services run. They know no token from before: ${way}`, lasts: 8_000 })
  }

  return (
    <>
      <Button size="xs" loading={start.pending || practice.state === 'starting'} onClick={() => void run()}>
        Start practice services
      </Button>
      {start.failure && <p>{start.failure.message}</p>}
    </>
  )
}
