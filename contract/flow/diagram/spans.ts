// What lasts along a lifeline: from a request to its answer, from the beginning of a wait to its end.
import type { Row, Span } from './model.ts'
import type { Moment } from './moments.ts'

/** `bottom` is where the rows end: what is under way lasts until there. */
export function spansOf(moments: readonly Moment[], rows: readonly Row[], bottom: number): Span[] {
  const starts = new Map<string, Row>()
  const spans: Span[] = []
  rows.forEach((row, index) => {
    const moment = moments[index]
    if (moment === undefined) return
    if (moment.draft.kind === 'wait') {
      const { endedAt, tone } = moment.draft
      const end = tone === 'running' ? bottom : endOfWait(rows, index, endedAt)
      spans.push({
        eventId: row.eventId,
        kind: 'wait',
        tone,
        x: row.kind === 'wait' ? row.x : 0,
        top: row.top + 4,
        bottom: end,
      })
    } else if (row.kind === 'arrow' && moment.event.kind === 'exchange') {
      const start = starts.get(row.eventId)
      if (start === undefined) starts.set(row.eventId, row)
      else if (start.kind === 'arrow' && row.fromX === start.toX)
        spans.push({
          ...{ eventId: row.eventId, kind: 'request', tone: row.tone, x: start.toX },
          ...{ top: start.y, bottom: row.y },
        })
    }
  })
  return spans
}

/** Where the first row stands that was not before the end of the wait; at least the wait's own row is its length. */
function endOfWait(rows: readonly Row[], index: number, endedAt: number | null): number {
  const own = rows[index]
  const ownEnd = own === undefined ? 0 : own.top + own.height - 4
  if (endedAt === null) return ownEnd
  const next = rows.slice(index + 1).find(({ at }) => at === null || at >= endedAt - 25)
  return next === undefined ? ownEnd : Math.max(ownEnd, next.top - 4)
}
