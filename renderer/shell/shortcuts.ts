// The keys that work everywhere. All need a modifier, so that none gets in the way of typing or of a screen reader.
import { useHotkeys } from '@mantine/hooks'
import { grantdesk } from '../state/store.ts'
import { listItems } from './list-items.ts'

const onMac = /Mac|iPhone|iPad/.test(navigator.userAgent)

/** The name of the key that `mod` stands for. */
export const modifierKey = onMac ? '⌘' : 'Ctrl'

/** Every shortcut with what it does, for the settings page. */
export const shortcuts: { keys: string[]; does: string }[] = [
  { keys: [modifierKey, 'K'], does: 'Command palette' },
  { keys: [modifierKey, ','], does: 'Settings' },
  { keys: ['Alt', '↑'], does: 'Previous connection' },
  { keys: ['Alt', '↓'], does: 'Next connection' },
  { keys: ['Esc'], does: 'Close what floats, then the flow' },
]

function step(by: 1 | -1) {
  const { connections, screen, go } = grantdesk.getState()
  const ids = listItems(connections).flatMap((item) => (item.kind === 'row' ? [item.key] : []))
  if (ids.length === 0) return
  const at = screen.name === 'connection' ? ids.indexOf(screen.id) : by === 1 ? -1 : ids.length
  const id = ids[Math.max(0, Math.min(ids.length - 1, at + by))]
  if (id !== undefined) go({ name: 'connection', id })
}

/** Listens for the shortcuts while the three columns are there. */
export function useShortcuts(): void {
  useHotkeys(
    [
      ['mod+K', () => grantdesk.getState().showPalette(!grantdesk.getState().paletteOpen)],
      ['mod+,', () => grantdesk.getState().go({ name: 'settings' })],
      ['alt+ArrowUp', () => step(-1)],
      ['alt+ArrowDown', () => step(1)],
    ],
    [],
  )
  useHotkeys([
    [
      'Escape',
      () => {
        const { openFlowId, paletteOpen, openFlow } = grantdesk.getState()
        const floating = document.querySelector('[role=dialog],[role=menu],[role=listbox]')
        if (openFlowId !== null && !paletteOpen && !floating) openFlow(null)
      },
    ],
  ])
}
