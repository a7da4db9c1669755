// Gathers what the command palette offers from what is there now.
import { useMantineColorScheme } from '@mantine/core'
import { useMemo } from 'react'
import type { ConnectionView } from '../../contract/connection.ts'
import { useSecretCopy } from '../connection/use-secret-copy.tsx'
import { stateWords } from '../kit/state-badge.tsx'
import { toast } from '../kit/toasts.tsx'
import { useDoor } from '../state/door.tsx'
import type { Screen } from '../state/screen.ts'
import { grantdesk, useGrantdesk } from '../state/store.ts'
import type { PaletteEntry } from './palette-entries.ts'
import { colorSchemes } from './theme-switch.tsx'

const places: { screen: Screen; label: string }[] = [
  { screen: { name: 'connect' }, label: 'Connect a service' },
  { screen: { name: 'welcome' }, label: 'Overview' },
  { screen: { name: 'inventory' }, label: 'Inventory' },
  { screen: { name: 'flows' }, label: 'Flows' },
  { screen: { name: 'services' }, label: 'Services' },
  { screen: { name: 'settings' }, label: 'Settings' },
]

function connectionEntry(connection: ConnectionView): PaletteEntry {
  const { id, name, serviceName, account, workspace, tags } = connection
  return {
    id: `open-${id}`,
    group: 'Connections',
    label: name,
    aside: `${serviceName} · ${stateWords(connection, Date.now()).word}`,
    words: [account?.email, account?.name, workspace?.name, ...tags].join(' '),
    run: () => grantdesk.getState().go({ name: 'connection', id }),
  }
}

/** All entries; those about the connection on screen come first. */
export function usePaletteEntries(): PaletteEntry[] {
  const door = useDoor()
  const copy = useSecretCopy()
  const { setColorScheme } = useMantineColorScheme()
  const connections = useGrantdesk((state) => state.connections)
  const practice = useGrantdesk((state) => state.practice.state)
  const screen = useGrantdesk((state) => state.screen)
  return useMemo(() => {
    const open = screen.name === 'connection' ? connections.find((each) => each.id === screen.id) : undefined
    const act = (id: string, label: string, run: () => Promise<string | null>, aside?: string): PaletteEntry => ({
      id,
      group: 'Do',
      label,
      aside,
      run: () => void run().then((failed) => failed && toast({ message: failed, tone: 'bad' })),
    })
    const failed = (answer: { ok: true } | { ok: false; failure: { message: string } }) =>
      answer.ok ? null : answer.failure.message
    return [
      ...(open
        ? [
            act(
              'copy',
              'Copy token',
              async () => (await copy({ id: open.id, what: 'access_token' }))?.message ?? null,
              open.name,
            ),
            act(
              'copy-header',
              'Copy header',
              async () => (await copy({ id: open.id, what: 'header' }))?.message ?? null,
              open.name,
            ),
            act(
              'refresh',
              'Refresh',
              async () => failed(await door.call('connections.refresh', { id: open.id })),
              open.name,
            ),
          ]
        : []),
      ...connections.map(connectionEntry),
      ...places.map(
        ({ screen: target, label }): PaletteEntry => ({
          id: `go-${target.name}`,
          group: 'Go to',
          label,
          run: () => grantdesk.getState().go(target),
        }),
      ),
      practice === 'running'
        ? act('practice', 'Stop practice services', async () => failed(await door.call('practice.stop', {})))
        : act('practice', 'Try with practice services', async () => failed(await door.call('practice.start', {}))),
      ...colorSchemes.map(
        ({ value, label }): PaletteEntry => ({
          id: `theme-${value}`,
          group: 'Do',
          label: `Theme: ${label}`,
          run: () => setColorScheme(value),
        }),
      ),
      act('lock', 'Lock vault', async () => failed(await door.call('vault.lock', {}))),
    ]
  }, [connections, screen, practice, door, copy, setColorScheme])
}
