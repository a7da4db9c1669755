// How flows are shown: chosen once, and so for the next flow as well, until the window is closed.
import { createStore, useStore } from 'zustand'
import type { TimeAxis } from '../../contract/flow/diagram/layout.ts'

interface FlowLook {
  view: 'diagram' | 'list'
  axis: TimeAxis
  /** A factor; `fit`: as large as there is room for, and not larger than usual. */
  zoom: number | 'fit'
}

const look = createStore<FlowLook>(() => ({ view: 'diagram', axis: 'order', zoom: 'fit' }))

export function useFlowLook(): FlowLook {
  return useStore(look)
}

export function setFlowLook(change: Partial<FlowLook>): void {
  look.setState(change)
}

const zoomSteps = [0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3]

/** The next zoom from this factor on, larger or smaller; the last stays. */
export function nextZoom(factor: number, way: 'in' | 'out'): number {
  const larger = zoomSteps.find((step) => step > factor + 0.01)
  const smaller = zoomSteps.findLast((step) => step < factor - 0.01)
  return (way === 'in' ? larger : smaller) ?? factor
}
