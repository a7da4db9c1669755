// The one store: the host's mirror and what is on screen. No token, secret or passphrase ever enters it.
import { createStore, useStore } from 'zustand'
import type { Change } from '../../contract/change.ts'
import type { Failure } from '../../contract/failure.ts'
import type { FlowSummary, KeptFlow } from '../../contract/flow/flow.ts'
import { addressOf, type Place } from './address.ts'
import { applyToFollowed, type FollowedFlows, follow, received, unfollow } from './followed-flows.ts'
import { applyChange, emptyMirror, type Mirror } from './mirror.ts'
import type { Screen } from './screen.ts'
import { applyToStarted, type Operation, operationKey, type StartedFlows, started } from './started-flows.ts'
import { type Toast, type ToastInput, withoutToast, withToast } from './toasts.ts'
import { forgetAll, whenLocked } from './when-locked.ts'

/** A command for a connection that was given away from its own button, and waits for the component that owns it. */
export interface PendingCommand {
  connectionId: string
  command: 'revoke' | 'rename' | 'reveal' | 'send' | 'send_again' | 'choose_workspace'
  /** What is to be sent again. */
  request?: { method: string; path: string }
}

export interface Grantdesk extends Mirror {
  screen: Screen
  /** The flow that stands in the right column, if any. */
  openFlowId: string | null
  /** That flow has the whole page. */
  flowWhole: boolean
  /** The flow that was opened last without being asked for. */
  openedItself: string | null
  /** The connections whose flow, opened so, was closed: it stays closed until something fails there. */
  quiet: ReadonlySet<string>
  /** What the person started from this window. */
  started: StartedFlows
  /** The one of them that was started last, and at which screen's address. */
  lastStarted: { key: string; at: string } | null
  /** The flows on screen, by their ids. */
  followed: FollowedFlows
  /** Narrow layout: the list stands in front of the screen. Until the person chose (`null`), it does when it holds something. */
  listInFront: boolean | null
  paletteOpen: boolean
  /** `false` while the host cannot be reached. */
  reachable: boolean
  toasts: Toast[]
  /** The attempt whose steps are on screen. */
  watchedAttemptId: string | null
  pendingCommand: PendingCommand | null
  apply(change: Change): void
  go(screen: Screen): void
  openFlow(id: string | null): void
  /** Gives the open flow the whole page, or its column again. */
  showFlowWhole(whole: boolean): void
  /** Opens a flow that nobody asked for. */
  openFlowItself(flow: FlowSummary): void
  /** The person starts an operation on a connection. */
  note(operation: Operation): void
  follow(flowId: string): void
  unfollow(flowId: string): void
  /** A followed flow has come, or cannot be had. */
  receiveFlow(flowId: string, answer: KeptFlow | Failure): void
  showList(front: boolean): void
  showPalette(open: boolean): void
  setReachable(reachable: boolean): void
  watch(attemptId: string | null): void
  /** Asks the component that owns a command to carry it out; `null` when it has. */
  requestCommand(command: PendingCommand | null): void
  /** Says something for a few seconds; answers its id. */
  toast(input: ToastInput): string
  dismissToast(id: string): void
}

/** Where to be after a change: a connection that went away is left. */
export function settle(before: Pick<Grantdesk, 'screen'>, change: Change): Partial<Grantdesk> {
  const { screen } = before
  const left = { screen: { name: 'welcome' }, openFlowId: null } as const
  if (change.kind === 'connection_removed') {
    return screen.name === 'connection' && screen.id === change.id ? left : {}
  }
  // A locked vault lists nothing, and that is no reason to leave.
  if (change.kind !== 'snapshot' || change.snapshot.vault.state !== 'open') return {}
  const { connections } = change.snapshot
  const gone = screen.name === 'connection' && !connections.some(({ id }) => id === screen.id)
  return gone ? left : {}
}

/** Closing a flow that opened by itself keeps those of its connection closed. */
function quietAfter({ openFlowId, openedItself, quiet, flows }: Grantdesk, next: string | null): ReadonlySet<string> {
  const closed = next === null && openFlowId !== null && openFlowId === openedItself
  const connectionId = closed ? flows.find(({ id }) => id === openFlowId)?.connectionId : null
  return connectionId ? new Set([...quiet, connectionId]) : quiet
}

function without(quiet: ReadonlySet<string>, connectionId: string | null): ReadonlySet<string> {
  return new Set([...quiet].filter((id) => id !== connectionId))
}

/** The store itself; components use `useGrantdesk`, code outside React `grantdesk.getState()`. */
export const grantdesk = createStore<Grantdesk>()((set, get) => ({
  ...emptyMirror,
  screen: { name: 'welcome' },
  openFlowId: null,
  flowWhole: false,
  openedItself: null,
  quiet: new Set(),
  started: {},
  lastStarted: null,
  followed: {},
  listInFront: null,
  paletteOpen: false,
  reachable: true,
  toasts: [],
  watchedAttemptId: null,
  pendingCommand: null,
  apply: (change) => {
    const wasOpen = get().vault.state === 'open'
    set((state) => ({
      ...applyChange(state, change),
      followed: applyToFollowed(state.followed, change),
      started: applyToStarted(state.started, change),
      ...settle(state, change),
    }))
    if (wasOpen && get().vault.state !== 'open') forgetAll()
  },
  go: (screen) =>
    set({ screen, openFlowId: null, flowWhole: false, listInFront: false, paletteOpen: false, pendingCommand: null }),
  openFlow: (openFlowId) =>
    set((state) => ({
      ...{ openFlowId, listInFront: false, quiet: quietAfter(state, openFlowId) },
      flowWhole: state.flowWhole && openFlowId !== null,
    })),
  showFlowWhole: (flowWhole) => set({ flowWhole }),
  openFlowItself: ({ id, connectionId }) =>
    set(({ quiet }) => ({ openFlowId: id, openedItself: id, quiet: without(quiet, connectionId) })),
  note: (operation) =>
    set((state) => ({
      started: started(state.started, operation, state.flows),
      lastStarted: { key: operationKey(operation), at: addressOf({ screen: state.screen, openFlowId: null }) },
    })),
  follow: (id) => set(({ followed }) => ({ followed: follow(followed, id) })),
  unfollow: (id) => set(({ followed }) => ({ followed: unfollow(followed, id) })),
  receiveFlow: (id, answer) => set(({ followed }) => ({ followed: received(followed, id, answer) })),
  showList: (listInFront) => set({ listInFront }),
  showPalette: (paletteOpen) => set({ paletteOpen }),
  setReachable: (reachable) => set({ reachable }),
  watch: (watchedAttemptId) => set({ watchedAttemptId }),
  requestCommand: (pendingCommand) => set({ pendingCommand }),
  toast: (input) => {
    const id = crypto.randomUUID()
    // What ends after the vault was locked is told to nobody who may stand before it.
    if (get().loaded && get().vault.state !== 'open') return id
    set({ toasts: withToast(get().toasts, { ...input, id }) })
    return id
  },
  dismissToast: (id) => set({ toasts: withoutToast(get().toasts, id) }),
}))

// Who is connected to what is not for anybody who finds the vault locked, and no operation of theirs can be done there.
whenLocked(() =>
  grantdesk.setState({
    toasts: [],
    paletteOpen: false,
    pendingCommand: null,
    followed: {},
    started: {},
    lastStarted: null,
  }),
)

/** Shows a place as the address names it. In a narrow window the overview is the list, as it is at first. */
export function showPlace({ screen, openFlowId }: Place): void {
  const listInFront = screen.name === 'welcome' && openFlowId === null ? null : false
  grantdesk.setState({ screen, openFlowId, listInFront, paletteOpen: false, pendingCommand: null })
}

/** A part of the store; the component is drawn again when that part changes. */
export function useGrantdesk<Part>(select: (state: Grantdesk) => Part): Part {
  return useStore(grantdesk, select)
}
