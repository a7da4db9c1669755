// The three columns: list, screen, flow. Narrow, one of them at a time with a way back.
import { ActionIcon } from '@mantine/core'
import { IconArrowLeft, IconX } from '@tabler/icons-react'
import { ConnectWizard } from '../connect/connect-wizard.tsx'
import { ConnectionView } from '../connection/connection-view.tsx'
import { DescribeScreen } from '../describe/describe-screen.tsx'
import { FlowView } from '../flow/flow-view.tsx'
import { Floats } from '../kit/floats.tsx'
import { Flows } from '../pages/flows.tsx'
import { History } from '../pages/history.tsx'
import { Inventory } from '../pages/inventory.tsx'
import { Services } from '../pages/services.tsx'
import { Settings } from '../pages/settings.tsx'
import type { Screen } from '../state/screen.ts'
import { useGrantdesk } from '../state/store.ts'
import { EndingLine } from './ending-line.tsx'
import classes from './frame.module.css'
import { HostGone } from './host-line.tsx'
import { Palette } from './palette.tsx'
import { useShortcuts } from './shortcuts.ts'
import { Sidebar } from './sidebar.tsx'
import { useAttemptNews } from './use-attempt-news.ts'
import { Welcome } from './welcome.tsx'

function Connecting({ screen }: { screen: Screen & { name: 'connect' } }) {
  const go = useGrantdesk((state) => state.go)
  const { name: _, ...initial } = screen
  return (
    <ConnectWizard
      key={JSON.stringify(initial)}
      initial={initial}
      onDone={(id) => go({ name: 'connection', id })}
      onClose={() => go(initial.reconnect ? { name: 'connection', id: initial.reconnect } : { name: 'welcome' })}
    />
  )
}

function Middle() {
  const screen = useGrantdesk((state) => state.screen)
  switch (screen.name) {
    case 'welcome':
      return <Welcome />
    case 'connection':
      return <ConnectionView key={screen.id} id={screen.id} />
    case 'connect':
      return <Connecting screen={screen} />
    case 'inventory':
      return <Inventory />
    case 'flows':
      return <Flows />
    case 'history':
      return <History connectionId={screen.connectionId} />
    case 'services':
      return <Services open={screen.serviceId} />
    case 'describe':
      return <DescribeScreen serviceId={screen.serviceId} thenConnect={screen.thenConnect ?? false} />
    case 'settings':
      return <Settings />
  }
}

function FlowColumn({ id }: { id: string }) {
  const openFlow = useGrantdesk((state) => state.openFlow)
  return (
    <section className={classes.flow} aria-label="Flow">
      <div className={classes.flowBar}>
        <span className={classes.flowTitle}>Flow</span>
        <ActionIcon aria-label="Close flow" onClick={() => openFlow(null)}>
          <IconX size={16} aria-hidden="true" />
        </ActionIcon>
      </div>
      <div className={classes.flowBody}>
        <FlowView key={id} id={id} />
      </div>
    </section>
  )
}

/** Narrow only: the way from a screen back to the list, or from a flow back to its screen. */
function BackBar() {
  const openFlowId = useGrantdesk((state) => state.openFlowId)
  const showList = useGrantdesk((state) => state.showList)
  const openFlow = useGrantdesk((state) => state.openFlow)
  return (
    <div className={classes.back}>
      <button type="button" onClick={() => (openFlowId === null ? showList(true) : openFlow(null))}>
        <IconArrowLeft size={16} aria-hidden="true" />
        {openFlowId === null ? 'All connections' : 'Back'}
      </button>
    </div>
  )
}

/** The application once the vault is open. */
export function Frame() {
  useShortcuts()
  useAttemptNews()
  const openFlowId = useGrantdesk((state) => state.openFlowId)
  const listInFront = useGrantdesk((state) => state.listInFront ?? state.connections.length > 0)
  const front = listInFront ? 'list' : openFlowId === null ? 'screen' : 'flow'
  return (
    <div className={classes.window}>
      <HostGone />
      <EndingLine />
      <main className={classes.columns} data-flow={openFlowId !== null || undefined} data-front={front}>
        <h1 className={classes.narrowTitle}>Grantdesk</h1>
        <div className={classes.list}>
          <Sidebar />
        </div>
        <BackBar />
        <div className={classes.screen}>
          <Middle />
        </div>
        {openFlowId !== null && <FlowColumn id={openFlowId} />}
        <Palette />
        <Floats />
      </main>
    </div>
  )
}
