// How much of what happened is kept, by the person's settings.
import type { KeepSettings } from '../contract/settings.ts'
import type { FlowBounds } from './flows/flow-bounds.ts'
import type { HistoryBounds } from './history/history-log.ts'

const megabyte = 1024 * 1024
/** One connection alone may fill a quarter of the room: what it has is the most that anybody looks for at a time. */
const largestShare = 1 / 4

export function flowBounds({ flowsPerConnection, flows, flowMegabytes }: KeepSettings): FlowBounds {
  const totalBytes = flowMegabytes * megabyte
  return { perConnection: flowsPerConnection, bytesPerConnection: totalBytes * largestShare, total: flows, totalBytes }
}

export function historyBounds({ historyPerConnection, history }: KeepSettings): HistoryBounds {
  return { perConnection: historyPerConnection, total: history }
}
