// Sorting for tables: text as people order it, numbers by size, what is missing last whichever way it goes.

export type SortKey = string | number | null

const inOrder = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

function compare(one: string | number, other: string | number): number {
  return typeof one === 'number' && typeof other === 'number'
    ? one - other
    : inOrder.compare(String(one), String(other))
}

/** Sorted by key, stable; rows without a key come last both ways. */
export function sortRows<Row>(rows: Row[], key: (row: Row) => SortKey, down: boolean): Row[] {
  return rows.toSorted((one, other) => {
    const [a, b] = [key(one), key(other)]
    if (a === null || b === null) return Number(a === null) - Number(b === null)
    return down ? compare(b, a) : compare(a, b)
  })
}
