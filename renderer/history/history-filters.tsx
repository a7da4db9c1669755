// Narrows the history by act, caller, outcome and connection.
import { NativeSelect } from '@mantine/core'
import { actSchema, type ConnectionView, callerSchema } from '../../contract/connection.ts'
import { actWords, callerWords, type HistoryFilter, type ListedEntry, subjectWords } from '../../contract/history.ts'
import classes from './history.module.css'

interface HistoryFiltersProps {
  filter: HistoryFilter
  connections: ConnectionView[]
  /** What is listed now: connections that were removed are known from it alone. */
  entries: ListedEntry[]
  onChange(filter: HistoryFilter): void
}

type Choice = { value: string; label: string }

const acts: Choice[] = [
  { value: '', label: 'All acts' },
  ...actSchema.options.map((value) => ({ value, label: actWords[value] })),
]
const callers: Choice[] = [
  { value: '', label: 'Everywhere' },
  ...callerSchema.options.map((value) => ({ value, label: callerWords[value] })),
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
        label="Act"
        choices={acts}
        value={filter.act}
        onChange={(text) => onChange({ ...filter, act: actSchema.safeParse(text).data })}
      />
      <Filter
        label="Where"
        choices={callers}
        value={filter.caller}
        onChange={(text) => onChange({ ...filter, caller: callerSchema.safeParse(text).data })}
      />
      <Filter
        label="Outcome"
        choices={outcomes}
        value={filter.outcome}
        onChange={(text) => onChange({ ...filter, outcome: text === 'done' || text === 'failed' ? text : undefined })}
      />
    </div>
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
