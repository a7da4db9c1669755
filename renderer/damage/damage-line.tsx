// That something in the vault is damaged, wherever the person is in the application: one line for all of it.
import { Button } from '@mantine/core'
import { recordsWords } from '../../contract/damage.ts'
import { Banner } from '../kit/banner.tsx'
import { useGrantdesk } from '../state/store.ts'
import { placeOf } from './place.ts'
import { RecoverButton } from './recover-button.tsx'

export function DamageLine() {
  const damaged = useGrantdesk((state) => state.damaged)
  const screen = useGrantdesk((state) => state.screen)
  const go = useGrantdesk((state) => state.go)
  const [first, ...others] = damaged
  if (!first) return null
  // Its own page says the same, with what to do.
  const place = others.length === 0 ? placeOf(first) : ({ name: 'settings' } as const)
  if (screen.name === place.name && (screen.name !== 'connection' || screen.id === first.id)) return null
  return (
    <Banner tone="bad">
      <span>Damaged in the vault: {recordsWords(damaged)}.</span>
      {damaged.some(({ recoverable }) => recoverable) && <RecoverButton size="compact-xs" variant="default" />}
      <Button size="compact-xs" variant="default" onClick={() => go(place)}>
        {others.length === 0 ? 'Show it' : 'Show them'}
      </Button>
    </Banner>
  )
}
