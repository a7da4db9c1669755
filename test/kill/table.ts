// The score of the kill test as a table.
import type { KillReport } from './kill-runs.ts'

const columns = ['usable', 'needs attention', 'revoked', 'lost', 'untrue', 'leftover files'] as const

export function tableOf({ rows, kills }: KillReport): string {
  const head = ['operation', 'server', 'points', 'kills', ...columns]
  const body = rows.map(({ operation, behaviour, points, kills, counts }) => [
    operation,
    behaviour === 'any' ? '–' : behaviour,
    ...[points, kills, ...columns.map((column) => counts[column])].map(String),
  ])
  const sum = (of: (row: (typeof rows)[number]) => number) => String(rows.reduce((total, row) => total + of(row), 0))
  const last = [
    'all',
    '',
    sum((row) => row.points),
    String(kills),
    ...columns.map((one) => sum((row) => row.counts[one])),
  ]
  const lines = [head, ...body, last]
  const widths = head.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)))
  const text = (cell: string, at: number) => (at < 2 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))
  return lines.map((line) => line.map(text).join('  ').trimEnd()).join('\n')
}
