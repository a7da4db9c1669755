// What became of the fuzzed calls: how often each procedure was asked, how often its input fitted, how often it was done.
import { procedureNames } from './door-calls.ts'

export interface Count {
  calls: number
  /** The input fitted the procedure's schema. */
  fitted: number
  done: number
  slowestMs: number
}

export interface Tally {
  of(name: string): Count
  total(): number
  /** One line a procedure. */
  table(): string
}

export function openTally(): Tally {
  const fresh = (): Count => ({ calls: 0, fitted: 0, done: 0, slowestMs: 0 })
  const counts = new Map<string, Count>(procedureNames.map((name) => [name, fresh()]))
  const strangers = fresh()
  return {
    of: (name) => counts.get(name) ?? strangers,
    total: () => [...counts.values(), strangers].reduce((sum, { calls }) => sum + calls, 0),
    table() {
      const line = ([name, { calls, fitted, done, slowestMs }]: [string, Count]) =>
        `${name.padEnd(28)}${[calls, fitted, done, Math.ceil(slowestMs)].map((number) => String(number).padStart(9)).join('')}`
      const head = `${'procedure'.padEnd(28)}${['calls', 'fitted', 'done', 'slowest'].map((word) => word.padStart(9)).join('')}`
      return [head, ...[...counts, ['(none such)', strangers] as [string, Count]].map(line)].join('\n')
    },
  }
}
