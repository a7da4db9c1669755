// Narrows the list by state, by service and by tag.
import { ActionIcon, Menu } from '@mantine/core'
import { IconFilter } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { hasState, type ListFilter, type StateFilter, tagsOf } from '../kit/connection-filter.ts'
import { useGrantdesk } from '../state/store.ts'

interface FilterMenuProps {
  filter: ListFilter
  onChange(filter: ListFilter): void
  now: number
}

const states: { state: StateFilter; label: string }[] = [
  { state: 'needs_attention', label: 'Needs attention' },
  { state: 'expiring', label: 'Expiring' },
  { state: 'stale', label: 'Stale: unused for 30 days' },
]

function Choice({ on, children, onClick }: { on: boolean; children: ReactNode; onClick(): void }) {
  return (
    <Menu.CheckboxItem checked={on} closeMenuOnClick onChange={onClick}>
      {children}
    </Menu.CheckboxItem>
  )
}

/** A menu of filters; choosing one again takes it away. */
export function FilterMenu({ filter, onChange, now }: FilterMenuProps) {
  const connections = useGrantdesk((state) => state.connections)
  const services = [...new Map(connections.map((each) => [each.serviceId, each.serviceName]))]
  const tags = tagsOf(connections)
  const active = filter.state !== null || filter.serviceId !== null || filter.tag !== null
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <ActionIcon
          size={28}
          variant={active ? 'light' : 'subtle'}
          color={active ? 'accent' : 'gray'}
          aria-label={active ? 'Filter connections, a filter is set' : 'Filter connections'}
        >
          <IconFilter size={15} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown mah={480} style={{ overflowY: 'auto' }}>
        <Menu.Label>State</Menu.Label>
        {states.map(({ state, label }) => (
          <Choice
            key={state}
            on={filter.state === state}
            onClick={() => onChange({ ...filter, state: filter.state === state ? null : state })}
          >
            {label} ({connections.filter((each) => hasState(each, state, now)).length})
          </Choice>
        ))}
        {services.length > 1 && <Menu.Label>Service</Menu.Label>}
        {services.length > 1 &&
          services.map(([id, name]) => (
            <Choice
              key={id}
              on={filter.serviceId === id}
              onClick={() => onChange({ ...filter, serviceId: filter.serviceId === id ? null : id })}
            >
              {name}
            </Choice>
          ))}
        {tags.length > 0 && <Menu.Label>Tag</Menu.Label>}
        {tags.map((tag) => (
          <Choice
            key={tag}
            on={filter.tag === tag}
            onClick={() => onChange({ ...filter, tag: filter.tag === tag ? null : tag })}
          >
            {tag}
          </Choice>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
