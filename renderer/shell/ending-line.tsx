// A line on every screen about connections that expire soon and that only the person can renew, until dismissed or renewed.
import { ActionIcon, Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { type ConnectionView, endToRemind, reminderOf } from '../../contract/connection.ts'
import { Banner } from '../kit/banner.tsx'
import { countWords, endMomentWords } from '../kit/format.ts'
import { useDoor } from '../state/door.tsx'
import { useGrantdesk } from '../state/store.ts'
import { useNow } from '../state/use-now.ts'

export interface Ending {
  connection: ConnectionView
  end: number
}

/** What ends at `now` (ms) or soon and has not been put away, the nearest first. */
export function endings(connections: ConnectionView[], now: number): Ending[] {
  return connections
    .flatMap((connection) => {
      const end = endToRemind(connection, now)
      return end === null || reminderOf(connection, now)?.dismissed ? [] : [{ connection, end }]
    })
    .toSorted((one, other) => one.end - other.end)
}

/** The line for them; `others` are those beside the nearest. */
export function endingWords({ connection, end }: Ending, others: number, now: number): string {
  const what = `“${connection.name}” ${end > now ? 'ends' : 'ended'} ${endMomentWords(end, now)}, and nothing renews it.`
  return others === 0 ? what : `${what} So it is with ${countWords(others, 'other')}.`
}

export function EndingLine() {
  const connections = useGrantdesk((state) => state.connections)
  const screen = useGrantdesk((state) => state.screen)
  const go = useGrantdesk((state) => state.go)
  const door = useDoor()
  const now = useNow(5_000)
  const ending = endings(connections, now)
  const [first] = ending
  if (!first) return null
  // Its own page says the same, with what to do.
  const { id } = first.connection
  if (ending.length === 1 && screen.name === 'connection' && screen.id === id) return null
  const dismiss = () => {
    for (const { connection, end } of ending)
      void door.call('connections.markReminded', { id: connection.id, end, dismissed: true })
  }
  return (
    <Banner tone="warn">
      <span>{endingWords(first, ending.length - 1, now)}</span>
      <Button size="compact-xs" variant="default" onClick={() => go({ name: 'connection', id })}>
        Show it
      </Button>
      <ActionIcon ml="auto" variant="subtle" color="gray" size="sm" aria-label="Dismiss" onClick={dismiss}>
        <IconX size={14} aria-hidden="true" />
      </ActionIcon>
    </Banner>
  )
}
