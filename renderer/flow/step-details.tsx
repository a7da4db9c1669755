// The selected step of a diagram, below it.
import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { FlowEvent } from '../../contract/flow/event.ts'
import { eventTitle } from '../../contract/flow/words.ts'
import { EventDetails } from './event-details.tsx'
import classes from './step-details.module.css'

interface StepDetailsProps {
  id: string
  event: FlowEvent
  number: number | undefined
  onClose: () => void
}

export function StepDetails({ id, event, number, onClose }: StepDetailsProps) {
  const title = eventTitle(event)
  return (
    <section id={id} className={classes.details} aria-label={number === undefined ? title : `Step ${number}: ${title}`}>
      <header className={classes.head}>
        <h3>{number === undefined ? title : `${number} · ${title}`}</h3>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label="Close step" onClick={onClose}>
          <IconX size={14} aria-hidden="true" />
        </ActionIcon>
      </header>
      {/* Another step begins at its beginning. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached with the keyboard */}
      <section key={event.id} className={classes.body} tabIndex={0} aria-label="All of the step, scrolls">
        <EventDetails event={event} />
      </section>
    </section>
  )
}
