// The damaged records of the vault on a page that is about them: each with what it is and what can be done.
import { Button } from '@mantine/core'
import { type DamagedRecord, isRemovable } from '../../contract/damage.ts'
import { Section } from '../kit/page.tsx'
import rowStyles from '../kit/row.module.css'
import { useGrantdesk } from '../state/store.ts'
import classes from './damaged-records.module.css'
import { placeOf } from './place.ts'
import { RecoverButton } from './recover-button.tsx'
import { RemoveDamaged } from './remove-damaged.tsx'

interface DamagedRecordsProps {
  /** Only these; all where absent. */
  isShown?: (record: DamagedRecord) => boolean
}

/** Nothing where nothing is damaged. */
export function DamagedRecords({ isShown = () => true }: DamagedRecordsProps) {
  const damaged = useGrantdesk((state) => state.damaged)
  const shown = damaged.filter(isShown)
  if (shown.length === 0) return null
  return (
    <Section title="Damaged" aside={shown.some(({ recoverable }) => recoverable) ? <RecoverButton /> : undefined}>
      <ul className={rowStyles.rows}>
        {shown.map((record) => (
          <li key={`${record.kind}:${record.id}`} className={classes.row}>
            <div className={classes.words}>
              {record.what} {record.name}
              <p>
                {record.message} {record.remedy}
              </p>
            </div>
            <NextStep record={record} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** Where what it belongs to is whole, what is to be done is done there. */
function NextStep({ record }: { record: DamagedRecord }) {
  const { kind, id, what, name } = record
  const go = useGrantdesk((state) => state.go)
  const screen = useGrantdesk((state) => state.screen)
  const owned = useGrantdesk(({ connections, clients, damaged }) => {
    const owner = kind === 'tokens' ? 'connection' : kind === 'client_secret' ? 'client' : null
    const whole = owner === 'connection' ? connections : owner === 'client' ? clients : []
    return whole.some((one) => one.id === id) || damaged.some((one) => one.kind === owner && one.id === id)
  })
  if (!isRemovable(record)) return null
  if (!owned) return <RemoveDamaged record={record} />
  const place = placeOf(record)
  if (place.name === screen.name) return null
  return (
    <Button size="xs" variant="default" aria-label={`Show ${what} ${name}`} onClick={() => go(place)}>
      Show
    </Button>
  )
}
