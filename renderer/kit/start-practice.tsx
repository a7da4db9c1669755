// The way on where a practice service was asked and none runs: a button among the next actions of a failure.
import { Button } from '@mantine/core'
import type { ClientView } from '../../contract/client.ts'
import type { Failure } from '../../contract/failure.ts'
import { wantsPractice } from '../state/practice.ts'
import { useGrantdesk } from '../state/store.ts'
import { useCall } from '../state/use-call.ts'
import { toast } from './toasts.tsx'

interface StartPracticeProps {
  failure: Failure
  /** The client that was used, by its name and where it is registered. */
  client: Pick<ClientView, 'name' | 'baseUrl'>
}

/** Starts the practice services; nothing where the failure is not for want of them. */
export function StartPractice({ failure, client }: StartPracticeProps) {
  const practice = useGrantdesk((state) => state.practice)
  const start = useCall('practice.start')
  if (!wantsPractice(failure, client, practice)) return null

  async function run() {
    const answer = await start.call({})
    if (!answer.ok) return
    const status = answer.value
    if (status.state === 'failed') toast({ message: status.why, tone: 'bad' })
    if (status.state !== 'running') return
    // Where its usual port was taken, a service begins anew at another address.
    const same = status.services.some(({ baseUrl }) => baseUrl === client.baseUrl)
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
