import { expect, it } from 'vitest'
import { createFlowWrites } from '../../../../core/flows/flow-writes.ts'

function flowWrites(fails = false) {
  const done: string[] = []
  const doing = (what: string) => {
    done.push(what)
    if (fails) throw new Error('no')
  }
  const writes = createFlowWrites({
    write: (flowIds) => doing(flowIds ? `write ${[...flowIds].join(' and ')}` : 'flush'),
    trim: () => doing('trim'),
  })
  return { done, writes }
}

it('writes once for all flows that end together', async () => {
  const { done, writes } = flowWrites()
  await Promise.all([writes.flushSoon('one'), writes.flushSoon('other'), writes.flushSoon('one')])
  expect(done).toEqual(['write one and other'])
  await writes.flushSoon('third')
  expect(done).toEqual(['write one and other', 'write third'])
})

it('trims once for a burst, and only when it is due', async () => {
  const { done, writes } = flowWrites()
  writes.flush()
  expect(done).toEqual(['flush'])
  writes.trimSoon()
  writes.trimSoon()
  await expect.poll(() => done).toEqual(['flush', 'trim', 'flush'])
  writes.flush()
  expect(done).toEqual(['flush', 'trim', 'flush', 'flush'])
})

it('settles when nothing can be written', async () => {
  const { done, writes } = flowWrites(true)
  writes.trimSoon()
  writes.flush()
  await writes.flushSoon('one')
  expect(done).toEqual(['trim', 'write one'])
})
