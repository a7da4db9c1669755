// Shows a toast when an attempt ends that nobody was watching.
import { useEffect } from 'react'
import type { Attempt } from '../../contract/attempt.ts'
import { toast } from '../kit/toasts.tsx'
import { tokenWarningOf } from '../kit/token-warning.ts'
import { anotherAccountWords, endedSince, reconnects } from '../state/attempts.ts'
import { useDoor } from '../state/door.tsx'
import { type Grantdesk, grantdesk } from '../state/store.ts'
import { newsLasts } from '../state/toasts.ts'

type Ended = ReturnType<typeof endedSince>[number]

function say(attempt: Ended, reconnected: string | null, dismiss: (attempt: Attempt) => void) {
  const { go, services, connections } = grantdesk.getState()
  const service = services.find((one) => one.id === attempt.serviceId)?.name ?? attempt.serviceId
  if (attempt.state === 'failed') {
    if (attempt.failure.kind === 'cancelled') return
    const message = `${service} was not connected: ${attempt.failure.message}`
    toast({
      message,
      tone: 'bad',
      action: { label: 'Show', run: () => go({ name: 'connect', attempt: attempt.id }) },
    })
    return
  }
  const { connectionId } = attempt
  const connection = connections.find((one) => one.id === connectionId)
  const before = connections.find((one) => one.id === reconnected)
  const another = before !== undefined && before.id !== connectionId
  const warning = connection ? tokenWarningOf(connection) : null
  const made = `${service} is ${before ? 'reconnected' : 'connected'}${connection ? ` as ${connection.name}` : ''}`
  toast({
    message: another
      ? anotherAccountWords(connection?.account?.name ?? null, before.name)
      : warning === null
        ? `${made}.`
        : `${made}, but: ${warning}`,
    tone: another || warning !== null ? 'warn' : 'good',
    ...(another || warning !== null ? {} : { lasts: newsLasts }),
    action: { label: 'Show', run: () => go({ name: 'connection', id: connectionId }) },
  })
  dismiss(attempt)
}

/** Follows all attempts while the three columns are there. */
export function useAttemptNews(): void {
  const door = useDoor()
  useEffect(() => {
    const reconnected = new Map<string, string>()
    const note = ({ attempts, flows }: Grantdesk) => {
      for (const attempt of attempts) {
        const id = reconnects(attempt, flows)
        if (id !== null) reconnected.set(attempt.id, id)
      }
    }
    note(grantdesk.getState())
    return grantdesk.subscribe((now, before) => {
      if (now.attempts !== before.attempts || now.flows !== before.flows) note(now)
      for (const attempt of endedSince(before.attempts, now.attempts)) {
        if (now.watchedAttemptId === attempt.id && !now.listInFront) continue
        say(attempt, reconnected.get(attempt.id) ?? null, ({ id }) => void door.call('connect.dismiss', { id }))
      }
    })
  }, [door])
}
