// Step 1: which service: those that are built in, more that are prepared, the person's own, and the practice ones, so that
// nobody needs an account to try.
import { Button, TextInput } from '@mantine/core'
import { IconPlus, IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, useState } from 'react'
import type { Attempt } from '../../contract/attempt.ts'
import type { ServiceView } from '../../contract/service.ts'
import { hostWords } from '../kit/format.ts'
import textStyles from '../kit/text.module.css'
import { useGrantdesk } from '../state/store.ts'
import { describeService } from './describe-service.ts'
import { PracticeChoices } from './practice-choices.tsx'
import { groupServices, type ServiceGroup } from './service-groups.ts'
import { ServiceRow } from './service-row.tsx'
import classes from './service-step.module.css'
import stepStyles from './step.module.css'
import { UnderWay } from './under-way.tsx'

/** Beyond so many a list is searched rather than read. */
const manyServices = 7

interface ServiceStepProps {
  chosen: string | null
  onChoose: (service: ServiceView, baseUrl?: string) => void
  onResume: (attempt: Attempt) => void
  onClose: () => void
}

export function ServiceStep({ chosen, onChoose, onResume, onClose }: ServiceStepProps) {
  const services = useGrantdesk((state) => state.services)
  const [search, setSearch] = useState('')
  const groups = groupServices(services, search)
  const found = groups.flatMap((group) => group.services)
  const searching = search.trim() !== ''

  function pressed(event: KeyboardEvent<HTMLInputElement>) {
    const [first] = found
    if (event.key !== 'Enter' || !searching || first === undefined) return
    event.preventDefault()
    onChoose(first)
  }

  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrows move between the buttons in it */}
      <div className={stepStyles.body} onKeyDown={moveByArrows}>
        <UnderWay services={services} onResume={onResume} />
        {services.length > manyServices && (
          <TextInput
            placeholder="Search services"
            aria-label="Search services"
            leftSection={<IconSearch size={15} aria-hidden />}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
            onKeyDown={pressed}
            data-moves
          />
        )}
        {searching && found.length === 0 && (
          <p className={textStyles.quiet} role="status">
            No service matches “{search.trim()}”.
          </p>
        )}
        {groups.map((group) => (
          <Group key={group.id} group={group} searching={searching} chosen={chosen} onChoose={onChoose} />
        ))}
        <PracticeChoices services={services} onChoose={onChoose} />
      </div>
      <footer className={stepStyles.foot}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
      </footer>
    </>
  )
}

interface GroupProps {
  group: ServiceGroup
  searching: boolean
  chosen: string | null
  onChoose: (service: ServiceView) => void
}

function Group({ group, searching, chosen, onChoose }: GroupProps) {
  const own = group.id === 'imported'
  if (group.services.length === 0 && (searching || !own)) return null
  return (
    <section className={classes.group} aria-label={group.name}>
      <h2>{group.name}</h2>
      {group.services.length > 0 && (
        <ul className={classes.services} aria-label={group.name}>
          {group.services.map((service) => (
            <ServiceRow
              key={service.id}
              name={service.name}
              words={service.description}
              tag={service.origin === 'adjusted' ? 'adjusted' : undefined}
              host={service.base.default === null ? null : hostWords(service.base.default)}
              pressed={service.id === chosen}
              onChoose={() => onChoose(service)}
            />
          ))}
        </ul>
      )}
      {own && (
        <div className={classes.offer}>
          <p>Any service that speaks OAuth 2, or hands out tokens of its own.</p>
          <Button variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => describeService()}>
            Add a service of your own
          </Button>
        </div>
      )}
    </section>
  )
}

/** Up and down go from the search to the services and between them; everything else is the browser's. */
function moveByArrows(event: KeyboardEvent<HTMLElement>) {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  const places = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-moves]')]
  const at = places.indexOf(document.activeElement as HTMLElement)
  const next = places[at + (event.key === 'ArrowDown' ? 1 : -1)]
  if (at === -1 || next === undefined) return
  event.preventDefault()
  next.focus()
}
