// The limits for flows and history, from the person's settings.
import type { KeepSettings } from '../contract/settings.ts'
import type { FlowBounds } from './flows/flow-bounds.ts'
import type { HistoryBounds } from './history/history-log.ts'

const megabyte = 1024 * 1024
/** A single connection may use this share of the total. */
const largestShare = 1 / 4

export function flowBounds({ flowsPerConnection, flows, flowMegabytes }: KeepSettings): FlowBounds {
  const totalBytes = flowMegabytes * megabyte
  return { perConnection: flowsPerConnection, bytesPerConnection: totalBytes * largestShare, total: flows, totalBytes }
}

export function historyBounds({ historyPerConnection, history }: KeepSettings): HistoryBounds {
  return { perConnection: historyPerConnection, total: history }
}
