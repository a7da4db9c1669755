// Gathers what the command palette offers from what is there now.
import { useMantineColorScheme } from '@mantine/core'
import { useMemo } from 'react'
import type { ConnectionView } from '../../contract/connection.ts'
import type { ServiceView } from '../../contract/service.ts'
import { type CopyInput, useSecretCopy } from '../connection/use-secret-copy.tsx'
import { showStartedFlow } from '../kit/show-flow.tsx'
import { stateWords } from '../kit/state-badge.tsx'
import { toast } from '../kit/toasts.tsx'
import { useDoor } from '../state/door.tsx'
import type { Screen } from '../state/screen.ts'
import { grantdesk, type PendingCommand, useGrantdesk } from '../state/store.ts'
import { colorSchemes } from '../theme/theme-switch.tsx'
import { type ConnectionCommand, connectionCommands } from './connection-commands.ts'
import type { PaletteEntry } from './palette-entries.ts'

const places: { screen: Screen; label: string }[] = [
  { screen: { name: 'connect' }, label: 'Connect a service' },
  { screen: { name: 'welcome' }, label: 'Overview' },
  { screen: { name: 'inventory' }, label: 'Inventory' },
  { screen: { name: 'health' }, label: 'Health check' },
  { screen: { name: 'lessons' }, label: 'Break it yourself' },
  { screen: { name: 'flows' }, label: 'Flows' },
  { screen: { name: 'history' }, label: 'History' },
  { screen: { name: 'webhooks' }, label: 'Webhooks' },
  { screen: { name: 'services' }, label: 'Services' },
  { screen: { name: 'settings' }, label: 'Settings' },
]

function connectionEntry(connection: ConnectionView): PaletteEntry {
  const { id, name, serviceName, account, workspace, actsAs, tags } = connection
  return {
    id: `open-${id}`,
    group: 'Connections',
    label: name,
    aside: [serviceName, actsAs && `acts as ${actsAs}`, stateWords(connection, Date.now()).word]
      .filter(Boolean)
      .join(' · '),
    words: [account?.email, account?.name, workspace?.name, ...tags].join(' '),
    run: () => grantdesk.getState().go({ name: 'connection', id }),
  }
}

function serviceEntry({ id, name }: ServiceView): PaletteEntry {
  return {
    id: `connect-${id}`,
    group: 'Do',
    label: `Connect ${name}`,
    run: () => grantdesk.getState().go({ name: 'connect', serviceId: id }),
  }
}

/** Gives the component on screen a command that is its own: to ask first, to show, to edit in place. */
function requestCommand(connectionId: string, command: PendingCommand['command']) {
  const { openFlowId, showList, requestCommand: request } = grantdesk.getState()
  if (openFlowId === null) showList(false)
  request({ connectionId, command })
}

function now(run: () => void): null {
  run()
  return null
}

/** All entries; those about the connection on screen come first. */
export function usePaletteEntries(): PaletteEntry[] {
  const door = useDoor()
  const copy = useSecretCopy()
  const { setColorScheme } = useMantineColorScheme()
  const connections = useGrantdesk((state) => state.connections)
  const services = useGrantdesk((state) => state.services)
  const practice = useGrantdesk((state) => state.practice.state)
  const screen = useGrantdesk((state) => state.screen)
  return useMemo(() => {
    const open = screen.name === 'connection' ? connections.find((each) => each.id === screen.id) : undefined
    const command = (id: string, label: string, run: () => Promise<string | null>, aside?: string): PaletteEntry => ({
      id,
      group: 'Do',
      label,
      aside,
      run: () => void run().then((failed) => failed && toast({ message: failed, tone: 'bad' })),
    })
    const failed = (answer: { ok: true } | { ok: false; failure: { message: string } }) =>
      answer.ok ? null : answer.failure.message
    const copied = (id: string, what: CopyInput['what']) => async () => (await copy({ id, what }))?.message ?? null
    const runs = ({ id }: ConnectionView): Record<ConnectionCommand, () => Promise<string | null>> => ({
      cancel: async () => failed(await door.call('connections.cancel', { id })),
      copy_token: copied(id, 'access_token'),
      copy_header: copied(id, 'header'),
      copy_curl: copied(id, 'curl'),
      refresh: async () => {
        const answer = await door.call('connections.refresh', { id })
        if (answer.ok) toast({ message: 'Refreshed: a new access token is in its place.', tone: 'good' })
        else
          toast({
            message: answer.failure.message,
            tone: 'bad',
            ...showStartedFlow({ connectionId: id, kind: 'refresh' }),
          })
        return null
      },
      reconnect: async () => now(() => grantdesk.getState().go({ name: 'connect', reconnect: id })),
      revoke: async () => now(() => requestCommand(id, 'revoke')),
      rename: async () => now(() => requestCommand(id, 'rename')),
      reveal: async () => now(() => requestCommand(id, 'reveal')),
      send: async () => now(() => requestCommand(id, 'send')),
    })
    return [
      ...(open
        ? connectionCommands(open).map((each) => command(each.command, each.label, runs(open)[each.command], open.name))
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
      ...services.map(serviceEntry),
      practice === 'running'
        ? command('practice', 'Stop practice services', async () => failed(await door.call('practice.stop', {})))
        : command('practice', 'Try with practice services', async () => failed(await door.call('practice.start', {}))),
      ...colorSchemes.map(
        ({ value, label }): PaletteEntry => ({
          id: `theme-${value}`,
          group: 'Do',
          label: `Theme: ${label}`,
          run: () => setColorScheme(value),
        }),
      ),
      command('lock', 'Lock vault', async () => failed(await door.call('vault.lock', {}))),
    ]
  }, [connections, services, screen, practice, door, copy, setColorScheme])
}
