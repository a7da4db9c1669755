// Exported flows of any size: no more than a bound is held of all their parts together, and what is left out is told.
import { describe, expect, it } from 'vitest'
import { flowImportWords } from '../../../../contract/flow/flow-import.ts'
import { createFlowFileReader } from '../../../../core/har/flow-file.ts'
import { flowFixture, said } from '../flows/flow-fixture.ts'
import { importFile } from './import-fixture.ts'

const long = 'x'.repeat(200_000)
const times = 400
const total = 32 * 1024 * 1024

function read(head: string, part: string, tail: string) {
  const reader = createFlowFileReader()
  reader.write(Buffer.from(head))
  for (let at = 0; at < times; at++) reader.write(Buffer.from(at === 0 ? part : `,${part}`))
  reader.write(Buffer.from(tail))
  return reader.end()
}

describe('of exported flows', () => {
  it.each([
    ['heads', '[', JSON.stringify({ kind: 'connect', about: { title: long } }), ']'],
    ['events', '{"kind":"connect","events":[', JSON.stringify({ id: '1', grant: long }), ']}'],
    [
      'entries',
      '{"log":{"_grantdesk":{"flow":{},"events":[]},"entries":[',
      JSON.stringify({ _grantdesk: { event: '1' }, comment: long.slice(0, 120_000) }),
      ']}}',
    ],
  ])('%s beyond the bound of all together are left out and counted', (_, head, part, tail) => {
    const { own, ownLeftOut, fault } = read(head, part, tail)
    const size = JSON.stringify(own).length
    expect(fault).toBeNull()
    expect(size).toBeLessThan(total * 1.01)
    expect(size).toBeGreaterThan(total * 0.9)
    expect(ownLeftOut).toBe(times - Math.floor(total / part.length))
  })

  it('a person is told how many parts were left out', async () => {
    const recording = flowFixture().log.start({ kind: 'refresh', about: {}, serviceId: 's' })
    recording.add(said('one'))
    const { id, ...flow } = recording.flow()
    const events = Array.from({ length: 20_002 }, (_, at) => ({ ...flow.events[0], id: String(at) }))
    const { result } = await importFile(JSON.stringify({ id, ...flow, events }))
    expect(result).toMatchObject({ kind: 'grantdesk', leftOut: 2 })
    expect(flowImportWords(result)).toContain('2 more parts left out: there are too many.')
  })
})
