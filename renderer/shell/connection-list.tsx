// The list of connections in the left column: grouped rows, one of them current. Arrow keys move, Enter opens.
// Beyond a hundred rows only those in sight are drawn.
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, memo, type ReactNode, useCallback, useMemo, useRef } from 'react'
import type { ConnectionView } from '../../contract/connection.ts'
import type { DamagedRecord } from '../../contract/damage.ts'
import { stateWords, type Tone, ToneShape } from '../kit/state-badge.tsx'
import { useGrantdesk } from '../state/store.ts'
import { useNow } from '../state/use-now.ts'
import classes from './connection-list.module.css'
import type { ListItem } from './list-items.ts'

const heights = { group: 32, row: 34 } as const
const drawAllUpTo = 100

interface RowProps {
  id: string
  name: string
  tone: Tone
  current: boolean
  reachable: boolean
  children: ReactNode
}

/** A row of the list, which opens its connection. */
function Row({ id, name, tone, current, reachable, children }: RowProps) {
  const go = useGrantdesk((state) => state.go)
  return (
    <button
      type="button"
      className={classes.row}
      aria-current={current ? 'page' : undefined}
      tabIndex={reachable ? 0 : -1}
      data-row={id}
      onClick={() => go({ name: 'connection', id })}
    >
      <ToneShape tone={tone} />
      <span className={classes.name} title={name}>
        {name}
      </span>
      {children}
    </button>
  )
}

type Place = Pick<RowProps, 'current' | 'reachable'>

/** Drawn again when it changes, not at every step of the scroll. */
const ConnectionRow = memo(function ConnectionRow({ connection, ...place }: { connection: ConnectionView } & Place) {
  const { tone, word, left } = stateWords(connection, useNow())
  return (
    <Row id={connection.id} name={connection.name} tone={tone} {...place}>
      {connection.actsAs !== null && (
        <span className={classes.acting} title={`acts as ${connection.actsAs}`}>
          <span className="gd-unseen">, acts </span>as {connection.actsAs}
        </span>
      )}
      <span
        className={classes.state}
        data-tone={tone}
        title={connection.waiting ? `${word}: ${connection.waiting.for}` : word}
      >
        <span className="gd-unseen">{left === undefined ? ', ' : ', expires in '}</span>
        {left ?? word}
      </span>
    </Row>
  )
})

/** A connection whose profile is damaged. */
function DamagedRow({ record, ...place }: { record: DamagedRecord } & Place) {
  return (
    <Row id={record.id} name={record.name} tone="bad" {...place}>
      <span className={classes.state} data-tone="bad" title={record.message}>
        <span className="gd-unseen">, </span>damaged
      </span>
    </Row>
  )
}

/** The rows and their groups; `label` names the list. */
export function ConnectionList({ items }: { items: ListItem[] }) {
  const scroller = useRef<HTMLDivElement>(null)
  const currentId = useGrantdesk(({ screen }) => (screen.name === 'connection' ? screen.id : null))
  const rows = useMemo(() => items.flatMap((item) => (item.kind === 'group' ? [] : [item.key])), [items])
  const entry = useMemo(() => (rows.includes(currentId ?? '') ? currentId : rows[0]), [rows, currentId])
  // The same functions for the same items: with others every row would be measured anew at each step of the scroll.
  const estimateSize = useCallback(
    (index: number) => heights[items[index]?.kind === 'group' ? 'group' : 'row'],
    [items],
  )
  const getItemKey = useCallback((index: number) => items[index]?.key ?? index, [items])
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize,
    getItemKey,
    overscan: items.length <= drawAllUpTo ? items.length : 12,
  })

  const focusRow = (id: string | undefined) => {
    if (id === undefined) return
    virtualizer.scrollToIndex(items.findIndex((item) => item.key === id))
    // The row may only be drawn after the scroll.
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`)?.focus({ preventScroll: true }),
    )
  }
  const move = (event: KeyboardEvent) => {
    const at = rows.indexOf((event.target as HTMLElement).dataset.row ?? '')
    const target = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key]
    if (target === undefined) return
    event.preventDefault()
    focusRow(rows[Math.max(0, Math.min(rows.length - 1, target))])
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrow keys move between the buttons inside
    <div ref={scroller} className={classes.scroller} onKeyDown={move}>
      <ul className={classes.list} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((place) => {
          const item = items[place.index]
          if (!item) return null
          return (
            <li key={place.key} className={classes.item} style={{ top: place.start, height: place.size }}>
              {item.kind === 'group' ? (
                <div className={classes.group}>
                  <span className={classes.service}>{item.name}</span>
                  <span className={classes.host} translate="no">
                    {item.host}
                  </span>
                </div>
              ) : item.kind === 'damaged' ? (
                <DamagedRow record={item.record} current={item.key === currentId} reachable={item.key === entry} />
              ) : (
                <ConnectionRow
                  connection={item.connection}
                  current={item.key === currentId}
                  reachable={item.key === entry}
                />
              )}
            </li>
          )
        })}
      </ul>
    </div>
  )
}
