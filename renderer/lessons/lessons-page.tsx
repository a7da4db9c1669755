// “Break it yourself”: classic failures at the practice services, each with what is to be done and, once it was seen, the flow
// that explains it.
import { Button } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { type Lesson, type LessonId, lessons } from '../../contract/lessons.ts'
import { FailurePanel } from '../kit/failure-panel.tsx'
import { Page } from '../kit/page.tsx'
import textStyles from '../kit/text.module.css'
import { grantdesk } from '../state/store.ts'
import { useCall } from '../state/use-call.ts'
import { beginLesson, endLesson, useLessonRun, useLessonWatch } from './lesson-run.ts'
import classes from './lessons-page.module.css'

export function LessonsPage() {
  const breaking = useCall('practice.break')
  const { current, seen } = useLessonRun()
  useLessonWatch()

  async function begin(lesson: Lesson & { id: LessonId }) {
    const answer = await breaking.call({ lesson: lesson.id })
    if (!answer.ok || answer.value.state !== 'running') return
    const service = answer.value.services.find(({ serviceId }) => serviceId === lesson.serviceId)
    if (!service) return
    beginLesson(lesson.id)
    const { serviceId, baseUrl, clientId } = service
    grantdesk.getState().go({ name: 'connect', serviceId, baseUrl, clientId, changes: lesson.changes })
  }

  async function mend() {
    const answer = await breaking.call({ lesson: null })
    if (answer.ok) endLesson()
  }

  const count = Object.keys(seen).length
  return (
    <Page
      title="Break it yourself"
      aside={count === 0 ? `${lessons.length} classic failures` : `${count} of ${lessons.length} seen`}
      actions={
        <Button size="xs" variant="default" loading={breaking.pending} onClick={() => void mend()}>
          Mend the practice services
        </Button>
      }
    >
      <div className={classes.page}>
        <p className={textStyles.text}>
          Each makes a practice service on this machine fail on purpose. Look at what the flow says, and at the bytes
          that show it.
        </p>
        {breaking.failure && <FailurePanel failure={breaking.failure} onClose={breaking.clear} />}
        <ol className={classes.lessons}>
          {lessons.map((lesson) => (
            <LessonRow
              key={lesson.id}
              lesson={lesson}
              isCurrent={current?.id === lesson.id}
              flowId={seen[lesson.id]}
              isPending={breaking.pending}
              onBegin={() => void begin(lesson)}
            />
          ))}
        </ol>
      </div>
    </Page>
  )
}

interface LessonRowProps {
  lesson: Lesson
  isCurrent: boolean
  /** The flow in which it was seen. */
  flowId: string | undefined
  isPending: boolean
  onBegin: () => void
}

function LessonRow({ lesson: { title, task }, isCurrent, flowId, isPending, onBegin }: LessonRowProps) {
  return (
    <li className={classes.lesson} data-current={isCurrent || undefined}>
      <div className={classes.words}>
        <p className={classes.title}>{title}</p>
        <p className={textStyles.quiet}>{task}</p>
      </div>
      {flowId !== undefined && (
        <Button
          size="xs"
          variant="subtle"
          leftSection={<IconCheck size={14} aria-hidden />}
          onClick={() => grantdesk.getState().openFlow(flowId)}
        >
          Seen: show the flow
        </Button>
      )}
      <Button size="xs" variant="default" disabled={isPending} aria-label={`Break it: ${title}`} onClick={onBegin}>
        {flowId === undefined ? 'Break it' : 'Again'}
      </Button>
    </li>
  )
}
