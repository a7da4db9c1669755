// One run at a time per connection, however many callers ask: those who ask meanwhile share its answer, and are counted.
import type { Caller } from '../../contract/connection.ts'

/** Who asked during a run, and how often. */
export type Joined = Map<Caller, number>

export type Run = (joined: Joined) => Promise<void>

export interface SharedRuns {
  /** Joins the run under way, or starts `run`. `caller` is counted if it joins; `null` is not. */
  join(id: string, caller: Caller | null, run: Run): Promise<void>
  /** Starts `run` even if there is one under way; callers that ask from now on join this one. */
  begin(id: string, run: Run): Promise<void>
}

export function createSharedRuns(): SharedRuns {
  const underWay = new Map<string, { answer: Promise<void>; joined: Joined }>()

  function begin(id: string, run: Run): Promise<void> {
    const joined: Joined = new Map()
    const answer = run(joined).finally(() => {
      if (underWay.get(id)?.joined === joined) underWay.delete(id)
    })
    underWay.set(id, { answer, joined })
    return answer
  }

  return {
    join(id, caller, run) {
      const running = underWay.get(id)
      if (!running) return begin(id, run)
      if (caller !== null) running.joined.set(caller, (running.joined.get(caller) ?? 0) + 1)
      return running.answer
    },
    begin,
  }
}
