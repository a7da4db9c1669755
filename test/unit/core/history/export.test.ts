import { expect, test } from 'vitest'
import type { ListedEntry } from '../../../../contract/history.ts'
import { exportHistory } from '../../../../core/history/export.ts'

const entry: ListedEntry = {
  ...{ id: 'e1', at: Date.UTC(2026, 10, 25, 12), caller: 'command', operation: 'request', outcome: 'done' },
  ...{ detail: 'GET /me → 200', flowId: 'f1', connectionId: 'n1', connectionName: 'Work' },
}

test('a table holds each entry on a line, under its heads', () => {
  expect(exportHistory([entry], 'csv')).toBe(
    'Time,Connection,Operation,Outcome,Caller,Detail,Flow,Connection id\r\n' +
      '2026-11-25T12:00:00.000Z,Work,Request,done,command line,GET /me → 200,f1,n1\r\n',
  )
})

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '＝1'])(
  'a cell that begins like %s is no formula',
  (name) => {
    const [, line] = exportHistory([{ ...entry, connectionName: name }], 'csv').split('\r\n')
    expect(line?.split(',')[1]).toBe(`'${name}`)
  },
)

test('quotes, commas and line ends stay inside their cell', () => {
  const text = exportHistory([{ ...entry, detail: 'he said "no",\nand left' }], 'csv')
  expect(text).toContain(',"he said ""no"",\nand left",')
})

test('JSON holds every field, with the moment as others write it', () => {
  const [read] = JSON.parse(exportHistory([entry], 'json'))
  expect(read).toEqual({ ...entry, at: '2026-11-25T12:00:00.000Z' })
})
