// The buttons of a diagnosis: each does here what its remedy says.
import { Button } from '@mantine/core'
import type { ReconnectChanges, RemedyAction } from '../../contract/flow/diagnosis.ts'
import type { FlowSummary } from '../../contract/flow/flow.ts'
import { CopyText } from '../kit/copy-text.tsx'
import { FailurePanel } from '../kit/failure-panel.tsx'
import { OpenPage } from '../kit/open-page.tsx'
import { ShowStartedFlow } from '../kit/show-flow.tsx'
import type { Screen } from '../state/screen.ts'
import { grantdesk, type PendingCommand } from '../state/store.ts'
import { useCall } from '../state/use-call.ts'
import { remedyWords } from './remedy-words.ts'

export type DiagnosedFlow = Pick<FlowSummary, 'id' | 'kind' | 'about' | 'serviceId' | 'connectionId'>

interface RemedyButtonsProps {
  flow: DiagnosedFlow
  actions: RemedyAction[]
  /** Where an attempt is on screen, it is changed and begun again there. */
  onReconnect?: ((changes: ReconnectChanges) => void) | undefined
}

export function RemedyButtons({ flow, actions, onReconnect }: RemedyButtonsProps) {
  const possible = actions.filter((one) => one.action !== 'repeat' || repeatOf(flow) !== null || onReconnect)
  return possible.map((remedy, index) => (
    <RemedyButton
      key={JSON.stringify(remedy)}
      flow={flow}
      remedy={remedy}
      isFirst={index === 0}
      onReconnect={onReconnect}
    />
  ))
}

interface RemedyButtonProps {
  flow: DiagnosedFlow
  remedy: RemedyAction
  isFirst: boolean
  onReconnect?: ((changes: ReconnectChanges) => void) | undefined
}

function RemedyButton({ flow, remedy, isFirst, onReconnect }: RemedyButtonProps) {
  const words = remedyWords(remedy, flow.kind)
  if (remedy.action === 'open_page') return <OpenPage url={remedy.url} label={words} />
  if (remedy.action === 'copy') return <CopyText wide text={remedy.value} label={words} />
  if (remedy.action === 'refresh') return <RefreshButton id={remedy.connectionId} words={words} isFirst={isFirst} />
  if (remedy.action === 'repeat' && flow.kind === 'refresh' && flow.connectionId !== null)
    return <RefreshButton id={flow.connectionId} words={words} isFirst={isFirst} />
  return (
    <Button size="xs" variant={isFirst ? 'filled' : 'default'} onClick={() => carryOut(remedy, flow, onReconnect)}>
      {words}
    </Button>
  )
}

function RefreshButton({ id, words, isFirst }: { id: string; words: string; isFirst: boolean }) {
  const refresh = useCall('connections.refresh')
  return (
    <>
      <Button
        size="xs"
        variant={isFirst ? 'filled' : 'default'}
        loading={refresh.pending}
        onClick={() => void refresh.call({ id })}
      >
        {words}
      </Button>
      {refresh.failure && (
        <FailurePanel failure={refresh.failure} onClose={refresh.clear}>
          <ShowStartedFlow connectionId={id} kind="refresh" />
        </FailurePanel>
      )}
    </>
  )
}

type Simple = Exclude<RemedyAction, { action: 'open_page' | 'copy' | 'refresh' }>

function carryOut(remedy: Simple, flow: DiagnosedFlow, onReconnect: RemedyButtonsProps['onReconnect']): void {
  const { go } = grantdesk.getState()
  switch (remedy.action) {
    case 'reconnect':
      if (onReconnect) onReconnect(remedy.changes)
      else go({ ...connectScreen(flow, remedy.connectionId), changes: remedy.changes, atOnce: true })
      break
    case 'step_up':
      go({
        ...{ name: 'connect', reconnect: remedy.connectionId, atOnce: true },
        changes: { addScopes: remedy.scopes },
        ...thenSending(flow),
      })
      break
    case 'repeat':
      if (onReconnect) onReconnect({})
      else repeatOf(flow)?.()
      break
    case 'replace_client_secret':
      go(clientScreen(remedy.clientId, 'secret', flow))
      break
    case 'edit_client':
      go(clientScreen(remedy.clientId, 'edit', flow))
      break
    case 'edit_service':
      go({ name: 'describe', serviceId: remedy.serviceId })
      break
    case 'certificates':
      go({ name: 'services', serviceId: remedy.serviceId })
      break
    case 'choose_workspace':
      command(remedy.connectionId, 'choose_workspace')
      break
    case 'proxy_settings':
      go({ name: 'settings' })
      break
  }
}

/** The request of the flow, to be sent again once it is reconnected. */
function thenSending({ about: { method, path } }: DiagnosedFlow) {
  return method === null || path === null ? {} : { thenSend: { method, path } }
}

function connectScreen({ id, serviceId }: DiagnosedFlow, reconnect: string | null) {
  const attempt = grantdesk.getState().attempts.find((one) => one.flowId === id)
  const name = 'connect' as const
  if (reconnect !== null) return { name, reconnect }
  return { name, serviceId, ...(attempt?.clientId == null ? {} : { clientId: attempt.clientId }) }
}

/** Where the same is done again; `null` where it cannot be begun from here. A refresh has a button of its own. */
function repeatOf(flow: DiagnosedFlow): (() => void) | null {
  const { kind, connectionId, about } = flow
  if (kind === 'discover') return () => grantdesk.getState().go({ name: 'describe' })
  if (kind === 'connect') return () => grantdesk.getState().go({ ...connectScreen(flow, connectionId), atOnce: true })
  if (connectionId === null) return null
  if (kind === 'revoke') return () => command(connectionId, 'revoke')
  if (kind === 'request' && about.method !== null && about.path !== null) {
    const request = { method: about.method, path: about.path }
    return () => command(connectionId, 'send_again', request)
  }
  return () => grantdesk.getState().go({ name: 'connection', id: connectionId })
}

function command(connectionId: string, what: PendingCommand['command'], request?: PendingCommand['request']): void {
  const { go, requestCommand } = grantdesk.getState()
  go({ name: 'connection', id: connectionId })
  requestCommand({ connectionId, command: what, ...(request ? { request } : {}) })
}

function clientScreen(id: string, what: 'edit' | 'secret', { serviceId }: DiagnosedFlow): Screen {
  const client = grantdesk.getState().clients.find((one) => one.id === id)
  return { name: 'services', serviceId: client?.serviceId ?? serviceId, client: { id, what } }
}
