// The events of a flow in their order; each opens to all that was recorded. The last that failed is open from the start.
import {
  IconAlertTriangle,
  IconArrowNarrowRight,
  IconCheck,
  IconChevronRight,
  IconInfoCircle,
  IconLoader2,
} from '@tabler/icons-react'
import { useEffect, useId, useRef, useState } from 'react'
import { stepNumbers } from '../../contract/flow/diagram/step-numbers.ts'
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

/** An event that is to be shown. */
export interface Focus {
  event: string
}

interface EventListProps {
  events: FlowEvent[]
  /** The event to open in place of the one that failed; a new object opens it again. */
  focus?: Focus | null
}

export function EventList({ events, focus = null }: EventListProps) {
  const lastFailed = events.findLast((event) => eventOutcome(event) === 'failed')
  const numbers = stepNumbers(events)
  return (
    <ol className={classes.events} aria-label="Events">
      {events.map((event) => (
        <EventRow
          key={event.id}
          event={event}
          number={numbers.get(event.id)}
          openAtFirst={focus === null && event.id === lastFailed?.id}
          focus={focus?.event === event.id ? focus : null}
        />
      ))}
    </ol>
  )
}

interface EventRowProps {
  event: FlowEvent
  /** The step's; checks and remarks have none. */
  number: number | undefined
  openAtFirst: boolean
  /** Another object each time that it is to be shown. */
  focus: Focus | null
}

function EventRow({ event, number, openAtFirst, focus }: EventRowProps) {
  const [chosen, setChosen] = useState<boolean | null>(null)
  const open = chosen ?? openAtFirst
  const row = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (focus === null) return
    setChosen(true)
    row.current?.focus()
  }, [focus])
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
        ref={row}
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
        <section
          id={region}
          className={classes.opened}
          aria-label={number === undefined ? title : `Step ${number}: ${title}`}
        >
          <EventDetails event={event} />
        </section>
      )}
    </li>
  )
}
