// Where a window stands and how large it is. Owns which places can be used; refuses those that no display shows any more.
import type { Rectangle } from 'electron'
import { z } from 'zod'

export const placeSchema = z.object({
  x: z.number().int().optional(),
  y: z.number().int().optional(),
  width: z.number().int().min(400).max(20_000),
  height: z.number().int().min(300).max(20_000),
  maximized: z.boolean(),
})
export type WindowPlace = z.infer<typeof placeSchema>

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
