// Narrows the history by operation, caller, outcome, connection and time.

import { NativeSelect, TextInput } from '@mantine/core'
import { type ConnectionView, callers, historyOperations } from '../../contract/connection.ts'
import {
  callerWords,
  type HistoryFilter,
  type ListedEntry,
  operationWords,
  subjectWords,
} from '../../contract/history.ts'
import { dayOf } from '../../contract/moment.ts'
import textStyles from '../kit/text.module.css'
import classes from './history-filters.module.css'

interface HistoryFiltersProps {
  filter: HistoryFilter
  connections: ConnectionView[]
  /** What is listed now: connections that were removed are known from it alone. */
  entries: ListedEntry[]
  onChange(filter: HistoryFilter): void
}

type Choice = { value: string; label: string }

const operationChoices: Choice[] = [
  { value: '', label: 'All operations' },
  ...historyOperations.map((value) => ({ value, label: operationWords[value] })),
]
const callerChoices: Choice[] = [
  { value: '', label: 'Everywhere' },
  ...callers.map((value) => ({ value, label: callerWords[value] })),
]
const outcomes: Choice[] = [
  { value: '', label: 'Done or failed' },
  { value: 'done', label: 'Done' },
  { value: 'failed', label: 'Failed' },
]

function subjects(connections: ConnectionView[], entries: ListedEntry[]): Choice[] {
  const held = new Map(connections.map(({ id, name }) => [id, name]))
  const removed = new Map(
    entries.flatMap((entry) =>
      entry.connectionId !== null && !held.has(entry.connectionId)
        ? [[entry.connectionId, `${subjectWords(entry)} (removed)`] as const]
        : [],
    ),
  )
  const all = [...held, ...removed].map(([value, label]) => ({ value, label }))
  return [{ value: '', label: 'All connections' }, ...all.sort((one, other) => one.label.localeCompare(other.label))]
}

export function HistoryFilters({ filter, connections, entries, onChange }: HistoryFiltersProps) {
  return (
    <div className={classes.filters}>
      <Filter
        label="Connection"
        choices={subjects(connections, entries)}
        value={filter.connectionId}
        onChange={(connectionId) => onChange({ ...filter, connectionId })}
      />
      <Filter
        label="Operation"
        choices={operationChoices}
        value={filter.operation}
        onChange={(text) => onChange({ ...filter, operation: historyOperations.find((each) => each === text) })}
      />
      <Filter
        label="Where"
        choices={callerChoices}
        value={filter.caller}
        onChange={(text) => onChange({ ...filter, caller: callers.find((each) => each === text) })}
      />
      <Filter
        label="Outcome"
        choices={outcomes}
        value={filter.outcome}
        onChange={(text) => onChange({ ...filter, outcome: text === 'done' || text === 'failed' ? text : undefined })}
      />
      <Day
        label="From day"
        value={filter.since}
        onChange={(day) =>
          onChange({ ...filter, since: day === undefined ? undefined : new Date(`${day}T00:00`).getTime() })
        }
      />
      <Day
        label="To day"
        value={filter.until}
        onChange={(day) =>
          onChange({ ...filter, until: day === undefined ? undefined : new Date(`${day}T23:59:59.999`).getTime() })
        }
      />
    </div>
  )
}

interface DayProps {
  label: string
  /** A moment of it (ms). */
  value: number | undefined
  onChange(day: string | undefined): void
}

/** A day of the person's own calendar. */
function Day({ label, value, onChange }: DayProps) {
  return (
    <TextInput
      type="date"
      size="xs"
      aria-label={label}
      title={label}
      className={classes.day}
      leftSectionWidth={44}
      leftSection={<span className={textStyles.dim}>{label.split(' ')[0]}</span>}
      value={value === undefined ? '' : dayOf(value)}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
    />
  )
}

interface FilterProps {
  label: string
  choices: Choice[]
  value: string | undefined
  onChange(value: string | undefined): void
}

function Filter({ label, choices, value = '', onChange }: FilterProps) {
  return (
    <NativeSelect
      size="xs"
      aria-label={label}
      className={classes.filter}
      data={choices}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
    />
  )
}
