// The three columns: list, screen, flow. Narrow, one of them at a time with a way back.
import { IconArrowLeft } from '@tabler/icons-react'
import { type CSSProperties, useEffect } from 'react'
import { DamageLine } from '../damage/damage-line.tsx'
import { Floats } from '../kit/floats.tsx'
import { LazyView } from '../kit/lazy-part.tsx'
import type { Screen } from '../state/screen.ts'
import { useGrantdesk } from '../state/store.ts'
import { EndingLine } from './ending-line.tsx'
import { ExposedLine } from './exposed-line.tsx'
import { FlowColumn } from './flow-column.tsx'
import { useFlowWidth } from './flow-width.ts'
import classes from './frame.module.css'
import { HostGone } from './host-line.tsx'
import { Palette } from './palette.tsx'
import { loadScreensWhenIdle, screens } from './screens.ts'
import { Sidebar } from './sidebar.tsx'
import { useAttemptNews } from './use-attempt-news.ts'
import { useOpeningByItself } from './use-opening-by-itself.ts'
import { useShortcuts } from './use-shortcuts.ts'
import { Welcome } from './welcome.tsx'

function Connecting({ screen }: { screen: Screen & { name: 'connect' } }) {
  const go = useGrantdesk((state) => state.go)
  const requestCommand = useGrantdesk((state) => state.requestCommand)
  const { name: _, thenSend, ...initial } = screen
  const props = {
    initial,
    leavesWhenDone: thenSend !== undefined,
    onDone: (id: string) => {
      go({ name: 'connection', id })
      if (thenSend) requestCommand({ connectionId: id, command: 'send_again', request: thenSend })
    },
    onClose: () => go(initial.reconnect ? { name: 'connection', id: initial.reconnect } : { name: 'welcome' }),
  }
  return <LazyView key={JSON.stringify(initial)} part={screens.connect} props={props} />
}

function Middle() {
  const screen = useGrantdesk((state) => state.screen)
  switch (screen.name) {
    case 'welcome':
      return <Welcome />
    case 'connection':
      return <LazyView key={screen.id} part={screens.connection} props={{ id: screen.id }} />
    case 'connect':
      return <Connecting screen={screen} />
    case 'inventory':
      return <LazyView part={screens.inventory} props={{}} />
    case 'lessons':
      return <LazyView part={screens.lessons} props={{}} />
    case 'health':
      return <LazyView part={screens.health} props={{}} />
    case 'flows':
      return <LazyView part={screens.flows} props={{}} />
    case 'compare': {
      const { left, right } = screen
      return <LazyView key={`${left} ${right}`} part={screens.compare} props={{ left, right }} />
    }
    case 'history':
      return <LazyView part={screens.history} props={{ connectionId: screen.connectionId }} />
    case 'services':
      return (
        <LazyView
          key={JSON.stringify(screen)}
          part={screens.services}
          props={{ open: screen.serviceId, client: screen.client }}
        />
      )
    case 'describe': {
      const { serviceId, thenConnect = false } = screen
      return <LazyView part={screens.describe} props={{ serviceId, thenConnect }} />
    }
    case 'webhooks':
      return <LazyView key={screen.serviceId} part={screens.webhooks} props={{ begin: screen.serviceId }} />
    case 'settings':
      return <LazyView part={screens.settings} props={{}} />
  }
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
  useOpeningByItself()
  useEffect(loadScreensWhenIdle, [])
  const openFlowId = useGrantdesk((state) => state.openFlowId)
  const listInFront = useGrantdesk((state) => state.listInFront ?? state.connections.length + state.damaged.length > 0)
  const whole = useGrantdesk((state) => state.flowWhole && state.openFlowId !== null)
  const width = useFlowWidth()
  const style: (CSSProperties & Record<'--gd-flow-width', string>) | undefined =
    width === null ? undefined : { '--gd-flow-width': `${width}px` }
  const front = listInFront ? 'list' : openFlowId === null ? 'screen' : 'flow'
  return (
    <div className={classes.window}>
      <HostGone />
      <DamageLine />
      <ExposedLine />
      <EndingLine />
      <main
        className={classes.columns}
        style={style}
        data-flow={openFlowId !== null || undefined}
        data-whole={whole || undefined}
        data-front={front}
      >
        <h1 className={whole ? 'gd-unseen' : `gd-unseen ${classes.narrowTitle}`}>Grantdesk</h1>
        <div className={classes.list}>
          <Sidebar />
        </div>
        <BackBar />
        <div className={classes.screen}>
          <Middle />
        </div>
        {openFlowId !== null && (
          <div className={classes.flow}>
            <FlowColumn id={openFlowId} />
          </div>
        )}
        <Palette />
        <Floats />
      </main>
    </div>
  )
}
