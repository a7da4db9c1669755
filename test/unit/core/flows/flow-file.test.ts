import { expect, it } from 'vitest'
import type { FlowEvent } from '../../../../contract/flow/event.ts'
import { aboutNothing } from '../../../../core/flows/default-facts.ts'
import { createFlowFiles } from '../../../../core/flows/flow-file.ts'
import type { FlowHead } from '../../../../core/flows/flow-line.ts'
import { memoryLogs, memorySealedLogs } from '../../../support/memory-logs.ts'

const head: FlowHead = {
  ...{ id: 'f1', kind: 'connect', about: aboutNothing, serviceId: 'plane', connectionId: null },
  ...{ startedAt: 1, endedAt: null, outcome: 'running', failure: null },
}
const event = (id: number, grant = ''): FlowEvent => ({ kind: 'token_handed_over', id: `${id}`, at: id, grant })

it('a flow that never stops loses its later events, not its end, and says how many', () => {
  const logs = memorySealedLogs()
  const files = createFlowFiles(logs)
  files.begin(head)
  for (let id = 0; id < 30; id++) {
    files.event('f1', event(id, 'x'.repeat(500_000)))
    logs.flush()
  }
  files.head({ ...head, outcome: 'succeeded', endedAt: 2 })
  logs.flush()
  const stored = files.read('f1')
  expect(stored?.head.outcome).toBe('succeeded')
  expect(stored?.events.length).toBeGreaterThan(10)
  expect((stored?.events.length ?? 0) + (stored?.missing ?? 0)).toBe(30)
  expect(files.sizeOf('f1')).toBeLessThan(12_000_000)
})

it('a later event takes the place of the one of its id, and a later head that of the earlier', () => {
  const logs = memorySealedLogs()
  const files = createFlowFiles(logs)
  files.begin(head)
  for (const one of [event(1), event(2), event(1, 'changed')]) files.event('f1', one)
  files.head({ ...head, connectionId: 'n1' })
  expect(files.read('f1')).toMatchObject({
    head: { connectionId: 'n1' },
    events: [{ id: '1', grant: 'changed' }, { id: '2' }],
  })
})

it('an event that was stored without its optional facts is read with them as null', () => {
  const logs = memorySealedLogs()
  const files = createFlowFiles(logs)
  files.begin(head)
  const check = { kind: 'check', id: 'c1', at: 1, which: 'state', expected: 'a', found: 'a', result: 'passed' }
  logs.append('flows/f1.log', JSON.stringify({ event: check }))
  expect(files.read('f1')).toMatchObject({ events: [{ ...check, reason: null }], missing: 0 })
})

it.each(['../../vault.json', 'a'.repeat(300), '\ud800', '', '.'])(
  'the id %j from elsewhere names a file of its own',
  (id) => {
    const folder = memoryLogs()
    const logs = memorySealedLogs(folder)
    createFlowFiles(logs).begin({ ...head, id })
    logs.flush()
    expect([...folder.files.keys()]).toEqual([expect.stringMatching(/^test\/flows\/~[0-9a-f]{64}\.log$/)])
    expect(createFlowFiles(logs).read(id)?.head.id).toBe(id)
  },
)
