// The lesson that is under way and those that were seen through; forgotten with the window.
import { useEffect } from 'react'
import { createStore, useStore } from 'zustand'
import { type Lesson, type LessonId, lessons } from '../../contract/lessons.ts'
import { useDoor } from '../state/door.tsx'
import { useGrantdesk } from '../state/store.ts'
import { whenLocked } from '../state/when-locked.ts'

interface LessonRun {
  current: { id: LessonId; since: number } | null
  /** The flow that showed it, by the lesson. */
  seen: Partial<Record<LessonId, string>>
}

const none: LessonRun = { current: null, seen: {} }
const run = createStore<LessonRun>()(() => none)
whenLocked(() => run.setState(none))

export function useLessonRun(): LessonRun {
  return useStore(run)
}

/** From now on the flows at its practice service are looked through for its diagnosis. */
export function beginLesson(id: LessonId): void {
  run.setState({ current: { id, since: Date.now() } })
}

export function endLesson(): void {
  run.setState({ current: null })
}

/** Looks through the flows of the current lesson as they end. */
export function useLessonWatch(): void {
  const door = useDoor()
  const { current } = useLessonRun()
  const lesson: Lesson | undefined = lessons.find(({ id }) => id === current?.id)
  const ended = useGrantdesk((state) =>
    state.flows
      .filter((flow) => flow.endedAt !== null && flow.startedAt >= (current?.since ?? Number.POSITIVE_INFINITY))
      .filter(({ serviceId }) => serviceId === lesson?.serviceId)
      .map(({ id }) => id)
      .join(' '),
  )
  useEffect(() => {
    if (current === null || lesson === undefined || ended === '') return
    let isWatching = true
    async function look(id: LessonId, rule: string) {
      for (const flowId of ended.split(' ')) {
        const answer = await door.call('flows.diagnose', { id: flowId })
        if (!isWatching || !answer.ok) continue
        if (answer.value.some((one) => one.rule === rule))
          run.setState({ current: null, seen: { ...run.getState().seen, [id]: flowId } })
      }
    }
    void look(current.id, lesson.rule)
    return () => {
      isWatching = false
    }
  }, [door, current, lesson, ended])
}
