// The history as it is asked for now, kept up to date while it is on screen.
import { useEffect, useState } from 'react'
import type { Failure } from '../../contract/failure.ts'
import type { HistoryFilter, ListedEntry } from '../../contract/history.ts'
import { useDoor } from '../state/door.tsx'
import { useGrantdesk } from '../state/store.ts'

export interface HistoryListing {
  /** Newest first; `null` until the first answer. */
  entries: ListedEntry[] | null
  /** Of all that fits, of which `entries` may be the newest. */
  total: number
  failure: Failure | null
}

/** Typing, and a burst of operations, is one question (ms). */
const calm = 150

export function useHistory(filter: HistoryFilter): HistoryListing {
  const door = useDoor()
  const changes = useGrantdesk((state) => state.historyChanges)
  const [listing, setListing] = useState<HistoryListing>({ entries: null, total: 0, failure: null })
  const asked = JSON.stringify(filter)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change means that there is something new
  useEffect(() => {
    let current = true
    const ask = async () => {
      const answer = await door.call('history.list', JSON.parse(asked))
      if (!current) return
      if (answer.ok) setListing({ ...answer.value, failure: null })
      else setListing({ entries: null, total: 0, failure: answer.failure })
    }
    const timer = setTimeout(() => void ask(), calm)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [door, asked, changes])
  return listing
}
