// The window's bounds, moved back into view if no display shows them any more.
import type { Rectangle } from 'electron'

export interface WindowPlace {
  x?: number
  y?: number
  width: number
  height: number
  maximized: boolean
}

const isWithin = (value: unknown, least: number, most: number): value is number =>
  Number.isInteger(value) && Number(value) >= least && Number(value) <= most

const isCoordinate = (value: unknown): value is number | undefined =>
  value === undefined || isWithin(value, -1_000_000, 1_000_000)

/** Parses the stored bounds, without zod because the window waits for this. `null` if invalid. */
export function readPlace(value: unknown): WindowPlace | null {
  if (typeof value !== 'object' || value === null) return null
  const { x, y, width, height, maximized } = value as Record<string, unknown>
  if (!isWithin(width, 400, 20_000) || !isWithin(height, 300, 20_000) || typeof maximized !== 'boolean') return null
  return isCoordinate(x) && isCoordinate(y) ? { x, y, width, height, maximized } : null
}

export const firstPlace: WindowPlace = { width: 1280, height: 840, maximized: false }

/** How many pixels of the title bar must be on a display so that the window can be grabbed. */
const graspable = 80

/** The bounds to use on displays with these work areas: centred if they would be out of view. */
export function placeWithin(place: WindowPlace, workAreas: readonly Rectangle[]): WindowPlace {
  const { x, y, width, height, maximized } = place
  if (x === undefined || y === undefined) return { width, height, maximized }
  const reachable = workAreas.some(
    (area) =>
      Math.min(x + width, area.x + area.width) - Math.max(x, area.x) >= graspable &&
      y >= area.y &&
      y <= area.y + area.height - graspable,
  )
  return reachable ? place : { width, height, maximized }
}
