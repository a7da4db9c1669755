// The left column: what the person holds, what needs them, and the ways to everything else.
import { ActionIcon, CloseButton, Kbd, TextInput, Tooltip } from '@mantine/core'
import { IconPlus, IconSearch } from '@tabler/icons-react'
import { useDeferredValue, useMemo, useState } from 'react'
import {
  filterConnections,
  filterDamaged,
  hasState,
  type ListFilter,
  noFilter,
  type StateFilter,
} from '../kit/connection-filter.ts'
import { countWords } from '../kit/format.ts'
import { Mark } from '../kit/mark.tsx'
import { modifierKey } from '../kit/shortcuts.ts'
import { ToneShape } from '../kit/state-badge.tsx'
import { useGrantdesk } from '../state/store.ts'
import { useNow } from '../state/use-now.ts'
import { AttemptRows } from './attempt-rows.tsx'
import { ConnectionList } from './connection-list.tsx'
import { FilterMenu } from './filter-menu.tsx'
import { listItems } from './list-items.ts'
import { SideNavigation } from './side-navigation.tsx'
import classes from './sidebar.module.css'

const chips: { state: StateFilter; tone: 'bad' | 'warn'; word(count: number): string }[] = [
  { state: 'needs_attention', tone: 'bad', word: (count) => `${count} ${count === 1 ? 'needs' : 'need'} attention` },
  { state: 'expiring', tone: 'warn', word: (count) => `${count} expiring` },
]

interface ChipsProps {
  filter: ListFilter
  onChange(filter: ListFilter): void
}

/** What needs the person, counted; each narrows the list to itself. */
function AttentionChips({ filter, onChange }: ChipsProps) {
  // As often as the rows, so that both say the same.
  const now = useNow()
  const connections = useGrantdesk((state) => state.connections)
  const damaged = useGrantdesk((state) => state.damaged)
  const countOf = (state: StateFilter) =>
    connections.filter((each) => hasState(each, state, now)).length +
    filterDamaged(damaged, { ...noFilter, state }).length
  const shown = chips
    .map((chip) => ({ ...chip, count: countOf(chip.state) }))
    .filter((chip) => chip.count > 0 || filter.state === chip.state)
  if (shown.length === 0) return null
  return (
    <div className={classes.chips}>
      {shown.map(({ state, tone, word, count }) => (
        <button
          key={state}
          type="button"
          className={classes.chip}
          data-tone={tone}
          aria-pressed={filter.state === state}
          onClick={() => onChange({ ...filter, state: filter.state === state ? null : state })}
        >
          <ToneShape tone={tone} size={9} />
          {word(count)}
        </button>
      ))}
    </div>
  )
}

function FilterLine({ filter, found, onChange }: { filter: ListFilter; found: number; onChange(f: ListFilter): void }) {
  const services = useGrantdesk((state) => state.services)
  const words = [
    filter.state === 'stale' ? 'stale' : null,
    filter.serviceId ? (services.find((service) => service.id === filter.serviceId)?.name ?? filter.serviceId) : null,
    filter.tag ? `#${filter.tag}` : null,
  ].filter((word) => word !== null)
  if (words.length === 0) return null
  return (
    <div className={classes.filterLine}>
      <span className={classes.filterWords}>
        {words.join(' · ')} <span className={classes.dim}>({found})</span>
      </span>
      <button type="button" className={classes.link} onClick={() => onChange({ ...noFilter, text: filter.text })}>
        Clear filters
      </button>
    </div>
  )
}

function NothingFound({ filtered, onClear }: { filtered: boolean; onClear(): void }) {
  return (
    <div className={classes.nothing}>
      {filtered ? (
        <>
          <p>No connection matches.</p>
          <button type="button" className={classes.link} onClick={onClear}>
            Show all connections
          </button>
        </>
      ) : (
        <p>No connections yet.</p>
      )}
    </div>
  )
}

/** The left column. */
export function Sidebar() {
  // Many changes at once are one new list, drawn when nothing more urgent is to be.
  const connections = useDeferredValue(useGrantdesk((state) => state.connections))
  const go = useGrantdesk((state) => state.go)
  const showPalette = useGrantdesk((state) => state.showPalette)
  const [filter, setFilter] = useState<ListFilter>(noFilter)
  const now = useNow(5000)
  const found = useMemo(() => filterConnections(connections, filter, now), [connections, filter, now])
  const damaged = useGrantdesk((state) => state.damaged)
  const foundDamaged = useMemo(() => filterDamaged(damaged, filter), [damaged, filter])
  const items = useMemo(() => listItems(found, foundDamaged), [found, foundDamaged])
  const count = found.length + foundDamaged.length

  return (
    <div className={classes.sidebar}>
      <header className={classes.head}>
        <button type="button" className={classes.home} onClick={() => go({ name: 'welcome' })}>
          <Mark />
          Grantdesk <span className="gd-unseen">overview</span>
        </button>
        <Tooltip label="New connection">
          <ActionIcon size={28} aria-label="New connection" onClick={() => go({ name: 'connect' })}>
            <IconPlus size={16} aria-hidden="true" />
          </ActionIcon>
        </Tooltip>
      </header>
      <search className={classes.search}>
        <TextInput
          size="xs"
          flex={1}
          aria-label="Search connections"
          placeholder="Search"
          value={filter.text}
          onChange={(event) => setFilter({ ...filter, text: event.currentTarget.value })}
          leftSection={<IconSearch size={14} aria-hidden="true" />}
          rightSectionWidth={filter.text ? 28 : 58}
          rightSection={
            filter.text ? (
              <CloseButton size="xs" aria-label="Clear search" onClick={() => setFilter({ ...filter, text: '' })} />
            ) : (
              <button
                type="button"
                className={classes.kbd}
                aria-label={`${modifierKey} K, command palette`}
                onClick={() => showPalette(true)}
              >
                <Kbd size="xs">{modifierKey} K</Kbd>
              </button>
            )
          }
        />
        <FilterMenu filter={filter} onChange={setFilter} now={now} />
      </search>
      <AttentionChips filter={filter} onChange={setFilter} />
      <FilterLine filter={filter} found={count} onChange={setFilter} />
      <AttemptRows />
      <nav className={classes.connections} aria-label="Connections">
        {items.length > 0 ? (
          <ConnectionList items={items} />
        ) : (
          <NothingFound filtered={connections.length > 0} onClear={() => setFilter(noFilter)} />
        )}
      </nav>
      <p className="gd-unseen" role="status">
        {filter.text || filter.state || filter.tag || filter.serviceId ? `${countWords(count, 'connection')}` : ''}
      </p>
      <SideNavigation />
    </div>
  )
}
