// The events of a flow in their order; each opens to all that was recorded. The last that failed is open from the start.
import {
  IconAlertTriangle,
  IconArrowNarrowRight,
  IconCheck,
  IconChevronRight,
  IconInfoCircle,
  IconLoader2,
} from '@tabler/icons-react'
import { useId, useState } from 'react'
import { elapsedText } from '../../contract/flow/elapsed.ts'
import type { FlowEvent } from '../../contract/flow/event.ts'
import { eventOutcomeWords } from '../../contract/flow/outcome-words.ts'
import { partyWords } from '../../contract/flow/party-words.ts'
import {
  eventAddress,
  eventDuration,
  eventOutcome,
  eventParties,
  eventStatus,
  eventTitle,
} from '../../contract/flow/words.ts'
import { EventDetails } from './event-details.tsx'
import classes from './event-list.module.css'
import { shortUrl } from './words.ts'

const marks = {
  running: IconLoader2,
  succeeded: IconCheck,
  failed: IconAlertTriangle,
  noted: IconInfoCircle,
}

export function EventList({ events }: { events: FlowEvent[] }) {
  const lastFailed = events.findLast((event) => eventOutcome(event) === 'failed')
  return (
    <ol className={classes.events} aria-label="Events">
      {events.map((event, index) => (
        <EventRow key={event.id} event={event} number={index + 1} openAtFirst={event.id === lastFailed?.id} />
      ))}
    </ol>
  )
}

interface EventRowProps {
  event: FlowEvent
  number: number
  openAtFirst: boolean
}

function EventRow({ event, number, openAtFirst }: EventRowProps) {
  const [chosen, setChosen] = useState<boolean | null>(null)
  const open = chosen ?? openAtFirst
  const region = useId()
  const outcome = eventOutcome(event)
  const title = eventTitle(event)
  const address = eventAddress(event)
  const ms = eventDuration(event)
  const { from, to } = eventParties(event)
  const Mark = marks[outcome]
  return (
    <li className={classes.event} data-outcome={outcome} data-kind={event.kind}>
      <button
        type="button"
        className={classes.row}
        aria-expanded={open}
        aria-controls={open ? region : undefined}
        onClick={() => setChosen(!open)}
      >
        <IconChevronRight className={classes.chevron} size={14} aria-hidden />
        <span className={classes.number}>{number}</span>
        <Mark className={classes.mark} size={15} role="img" aria-label={eventOutcomeWords[outcome]} />
        <span className={classes.what}>
          <span className={classes.title}>{title}</span>
          {address && (
            <span className={classes.address}>
              {address.method} {shortUrl(address.url)}
            </span>
          )}
        </span>
        <span className={classes.parties}>
          {partyWords[from]}
          {from !== to && (
            <>
              <IconArrowNarrowRight size={14} role="img" aria-label="to" />
              {partyWords[to]}
            </>
          )}
        </span>
        <span className={classes.status}>{eventStatus(event) ?? ''}</span>
        <span className={classes.time}>{ms === null ? '' : elapsedText(ms)}</span>
      </button>
      {open && (
        <section id={region} className={classes.opened} aria-label={`Event ${number}: ${title}`}>
          <EventDetails event={event} />
        </section>
      )}
    </li>
  )
}
