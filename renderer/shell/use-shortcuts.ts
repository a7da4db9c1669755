// Listens for the keys that work everywhere; `kit/shortcuts.ts` names them.
import { useHotkeys } from '@mantine/hooks'
import { grantdesk } from '../state/store.ts'
import { listItems } from './list-items.ts'

function step(by: 1 | -1) {
  const { connections, screen, go } = grantdesk.getState()
  const ids = listItems(connections).flatMap((item) => (item.kind === 'row' ? [item.key] : []))
  if (ids.length === 0) return
  const at = screen.name === 'connection' ? ids.indexOf(screen.id) : by === 1 ? -1 : ids.length
  const id = ids[Math.max(0, Math.min(ids.length - 1, at + by))]
  if (id !== undefined) go({ name: 'connection', id })
}

function toggleWhole() {
  const { openFlowId, flowWhole, showFlowWhole } = grantdesk.getState()
  if (openFlowId !== null) showFlowWhole(!flowWhole)
}

/** Listens for the shortcuts while the three columns are there. */
export function useShortcuts(): void {
  useHotkeys(
    [
      ['mod+K', () => grantdesk.getState().showPalette(!grantdesk.getState().paletteOpen)],
      ['mod+,', () => grantdesk.getState().go({ name: 'settings' })],
      ['alt+ArrowUp', () => step(-1)],
      ['alt+ArrowDown', () => step(1)],
      ['mod+shift+F', () => toggleWhole()],
      // A browser does so by itself; the app's window has no keys of its own for it.
      ['alt+ArrowLeft', () => history.back()],
      ['alt+ArrowRight', () => history.forward()],
    ],
    [],
  )
  useHotkeys([
    [
      'Escape',
      () => {
        const { openFlowId, flowWhole, paletteOpen, openFlow, showFlowWhole } = grantdesk.getState()
        const floating = document.querySelector('[role=dialog],[role=menu],[role=listbox]')
        if (openFlowId === null || paletteOpen || floating) return
        if (flowWhole) showFlowWhole(false)
        else openFlow(null)
      },
    ],
  ])
}
