// A table for many rows: sorted by its heads, one row opened by its first cell, only rows in sight drawn beyond a hundred.
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, type ReactNode, type RefObject, useMemo, useRef, useState } from 'react'
import classes from './data-table.module.css'
import { type SortKey, sortRows } from './sort-rows.ts'
import { useWidth } from './use-width.ts'

export interface Column<Row> {
  id: string
  head: string
  /** A CSS grid-less width: `160px`, `20%`. */
  width?: string
  cell(row: Row): ReactNode
  /** What the column sorts by; a column without it does not sort. */
  sortKey?(row: Row): SortKey
  align?: 'end'
  /** Long words go on in a further line, and the row grows. */
  wraps?: boolean
  /** The width of the table (px) from which the column is shown; always where absent. */
  from?: number
  /** The width of the table (px) from which others show its content instead. */
  below?: number
}

interface DataTableProps<Row> {
  /** The table's accessible name. */
  label: string
  rows: Row[]
  rowKey(row: Row): string
  columns: Column<Row>[]
  /** Opens a row; its first cell becomes the button that does so. */
  onOpen?(row: Row): void
  selectedKey?: string | null
  sortedBy?: { column: string; down: boolean }
}

const rowHeight = 34
const drawAllUpTo = 100
const estimateSize = () => rowHeight

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, rows, rowKey, onOpen, selectedKey = null, sortedBy } = props
  const scroller = useRef<HTMLElement>(null)
  const columns = useFittingColumns(props.columns, scroller)
  const [sort, setSort] = useState(sortedBy ?? null)
  const sorted = useMemo(() => {
    const column = props.columns.find((each) => each.id === sort?.column)
    return column?.sortKey ? sortRows(rows, column.sortKey, sort?.down ?? false) : rows
  }, [rows, props.columns, sort])
  const virtualizer = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => scroller.current,
    estimateSize,
    overscan: sorted.length <= drawAllUpTo ? sorted.length : 12,
  })
  const grows = props.columns.some(({ wraps }) => wraps)
  const places = virtualizer.getVirtualItems()
  const above = places[0]?.start ?? 0
  const below = virtualizer.getTotalSize() - (places.at(-1)?.end ?? 0)
  const sortBy = (id: string) => setSort({ column: id, down: sort?.column === id ? !sort.down : false })

  return (
    // A scrolling region without a focusable child must itself be reachable by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section ref={scroller} className={classes.scroller} tabIndex={0} aria-label={`${label}, scrolls`}>
      <table
        className={classes.table}
        style={{ marginTop: above, marginBottom: below }}
        aria-label={label}
        aria-rowcount={sorted.length + 1}
      >
        <colgroup>
          {columns.map((column) => (
            <col key={column.id} style={{ width: column.width }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <HeadCell key={column.id} column={column} sort={sort} onSort={sortBy} />
            ))}
          </tr>
        </thead>
        <tbody>
          {places.map((place) => {
            const row = sorted[place.index]
            if (row === undefined) return null
            const key = rowKey(row)
            return (
              <tr
                key={key}
                ref={grows ? virtualizer.measureElement : undefined}
                data-index={place.index}
                aria-rowindex={place.index + 2}
                data-opens={onOpen ? true : undefined}
                data-selected={key === selectedKey || undefined}
                onClick={onOpen && (() => onOpen(row))}
              >
                <Cells row={row} columns={columns} onOpen={onOpen} />
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}

interface CellsProps<Row> {
  row: Row
  columns: Column<Row>[]
  onOpen: ((row: Row) => void) | undefined
}

/** Drawn again when the row changes, not at every step of the scroll. */
const Cells = memo(function Cells<Row>({ row, columns, onOpen }: CellsProps<Row>) {
  return columns.map((column, index) => (
    <td key={column.id} data-align={column.align} data-wraps={column.wraps || undefined}>
      {index === 0 && onOpen ? (
        <button
          type="button"
          className={classes.open}
          onClick={(event) => {
            event.stopPropagation()
            onOpen(row)
          }}
        >
          {column.cell(row)}
        </button>
      ) : (
        column.cell(row)
      )}
    </td>
  ))
}) as <Row>(props: CellsProps<Row>) => ReactNode

/** The columns that fit: minor ones are left out before the table would have to scroll sideways. */
function useFittingColumns<Row>(columns: Column<Row>[], scroller: RefObject<HTMLElement | null>): Column<Row>[] {
  const width = useWidth(scroller) ?? Number.MAX_VALUE
  return useMemo(
    () => columns.filter(({ from = 0, below = Number.POSITIVE_INFINITY }) => isWithin(width, from, below)),
    [columns, width],
  )
}

/** Whether a column for these widths is shown. */
function isWithin(width: number, from: number, below: number): boolean {
  return from <= width && width < below
}

interface HeadCellProps<Row> {
  column: Column<Row>
  sort: { column: string; down: boolean } | null
  onSort(id: string): void
}

function HeadCell<Row>({ column, sort, onSort }: HeadCellProps<Row>) {
  const own = sort?.column === column.id ? sort : null
  const Arrow = own?.down ? IconArrowDown : IconArrowUp
  return (
    <th scope="col" data-align={column.align} aria-sort={own ? (own.down ? 'descending' : 'ascending') : undefined}>
      {column.sortKey ? (
        <button type="button" className={classes.sort} onClick={() => onSort(column.id)}>
          {column.head}
          {own && <Arrow size={12} aria-hidden="true" />}
        </button>
      ) : (
        column.head
      )}
    </th>
  )
}
