// Parts of the window that are loaded when they are first opened, or before, when nothing else is to be done. Owns what stands
// in their place meanwhile: nothing at first, words after a moment, a way to try again where a file did not come.
// React's own `lazy` is not used: it shows its fallback for 300 ms even where the part is there at once, and keeps a failure.
import { Button, Loader } from '@mantine/core'
import { type ComponentType, type ReactNode, useLayoutEffect } from 'react'
import { createStore, type StoreApi, useStore } from 'zustand'
import type { Failure } from '../../contract/failure.ts'
import { useLasting } from '../state/use-lasting.ts'
import { FailurePanel } from './failure-panel.tsx'
import classes from './lazy-part.module.css'
import { Page } from './page.tsx'

type State<Props> = { is: 'waiting' | 'loading' | 'failed' } | { is: 'loaded'; Component: ComponentType<Props> }

export interface LazyPart<Props> {
  /** The heading over a failure, where the part is a whole screen. */
  title: string | undefined
  state: StoreApi<State<Props>>
  /** Loads the part once; where its file did not come, the next call asks for it again. */
  load(): Promise<void>
}

/** A part in a file of its own, which `load` fetches by a dynamic import. */
export function lazyPart<Props>(load: () => Promise<ComponentType<Props>>, title?: string): LazyPart<Props> {
  const state = createStore<State<Props>>(() => ({ is: 'waiting' }))
  async function loadOnce() {
    const { is } = state.getState()
    if (is === 'loaded' || is === 'loading') return
    state.setState({ is: 'loading' })
    try {
      state.setState({ is: 'loaded', Component: await load() })
    } catch {
      state.setState({ is: 'failed' })
    }
  }
  return { title, state, load: loadOnce }
}

const notLoaded: Failure = {
  kind: 'network',
  message: 'This part of Grantdesk could not be loaded.',
  remedy: 'Try again. If Grantdesk was updated while this page stood open, reload the page.',
  code: null,
}

function NotLoaded({ title, onRetry }: { title: string | undefined; onRetry(): void }) {
  const panel = (
    <FailurePanel failure={notLoaded}>
      <Button size="xs" onClick={onRetry}>
        Try again
      </Button>
      <Button size="xs" variant="default" onClick={() => location.reload()}>
        Reload the page
      </Button>
    </FailurePanel>
  )
  return title === undefined ? <div className={classes.place}>{panel}</div> : <Page title={title}>{panel}</Page>
}

function Loading() {
  const slow = useLasting(true, 300)
  return (
    <div className={classes.place} role="status">
      {slow && (
        <span className={classes.loading}>
          <Loader size={14} aria-hidden="true" />
          Loading…
        </span>
      )}
    </div>
  )
}

interface LazyViewProps<Props> {
  part: LazyPart<Props>
  props: Props
  /** What stands there until the part has come; nothing, and words after a moment, where absent. */
  meanwhile?: ReactNode
}

/** The part, loaded now where it has not been before. */
export function LazyView<Props extends object>({ part, props, meanwhile = <Loading /> }: LazyViewProps<Props>) {
  const state = useStore(part.state)
  // Before anything is painted: a failure from an earlier time is not this one's.
  useLayoutEffect(() => void part.load(), [part])
  if (state.is === 'loaded') return <state.Component {...props} />
  return state.is === 'failed' ? <NotLoaded title={part.title} onRetry={part.load} /> : meanwhile
}
