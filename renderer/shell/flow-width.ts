// How wide the flow's column is: what the person chose, kept for the session of this tab or window.
import { createStore, useStore } from 'zustand'

const key = 'grantdesk-flow-width'

/** In CSS pixels: narrower a flow is hard to read, and with less the screen beside it is. */
export const narrowestFlow = 360
const narrowestScreen = 420
const listWidth = 272

/** The widest that the flow's column may be in a window of `windowWidth` pixels. */
export function widestFlow(windowWidth: number): number {
  return Math.max(narrowestFlow, windowWidth - listWidth - narrowestScreen)
}

/** A width that leaves the screen beside the flow its room. */
export function heldWidth(width: number, windowWidth: number): number {
  return Math.round(Math.min(widestFlow(windowWidth), Math.max(narrowestFlow, width)))
}

const stepWidth = 32

/** The width that a key on the handle leads to, which is at the column's left; `null` for a key that does nothing. */
export function widthAfterKey(pressed: string, width: number, windowWidth: number): number | null {
  switch (pressed) {
    case 'ArrowLeft':
      return heldWidth(width + stepWidth, windowWidth)
    case 'ArrowRight':
      return heldWidth(width - stepWidth, windowWidth)
    case 'Home':
      return narrowestFlow
    case 'End':
      return widestFlow(windowWidth)
    default:
      return null
  }
}

function kept(): number | null {
  const text = globalThis.sessionStorage?.getItem(key) ?? ''
  return /^\d{3,5}$/.test(text) ? Number(text) : null
}

const chosen = createStore<{ width: number | null }>(() => ({ width: kept() }))

/** `null` until the person chose. */
export function useFlowWidth(): number | null {
  return useStore(chosen, ({ width }) => width)
}

/** `null` is the usual width again. */
export function setFlowWidth(width: number | null): void {
  chosen.setState({ width })
  if (width === null) sessionStorage.removeItem(key)
  else sessionStorage.setItem(key, String(width))
}
