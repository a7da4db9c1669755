// Where a window stands and how large it is. Owns which places can be used; refuses those that no display shows any more.
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

/** The place as it was written down, read by hand: the window waits for it. `null` for anything else. */
export function readPlace(value: unknown): WindowPlace | null {
  if (typeof value !== 'object' || value === null) return null
  const { x, y, width, height, maximized } = value as Record<string, unknown>
  if (!isWithin(width, 400, 20_000) || !isWithin(height, 300, 20_000) || typeof maximized !== 'boolean') return null
  return isCoordinate(x) && isCoordinate(y) ? { x, y, width, height, maximized } : null
}

export const firstPlace: WindowPlace = { width: 1280, height: 840, maximized: false }

/** How much of the title bar must be on a display for the window to be within reach. */
const graspable = 80

/** The place as it can be used on displays with these work areas: centred where it would be out of sight. */
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
