import { expect, it } from 'vitest'
import { findRemoved } from '../../../headless/find-connection.ts'
import { sampleConnection } from './sample-connection.ts'

const ada = sampleConnection({ id: '1111-a', name: 'Ada at work' })
const bob = sampleConnection({ id: '1133-c', name: 'Bob' })
const twin = sampleConnection({ id: '4444-d', name: 'Bob' })

it('finds what was removed by the same rules as what is here, and says where the list of that is', () => {
  expect(findRemoved([ada, bob], 'ada at')).toBe(ada)
  expect(findRemoved([ada, bob], '113')).toBe(bob)
  expect(() => findRemoved([bob, twin], 'bo')).toThrow('more than one removed connection: Bob at Plane (1133-c)')
  expect(() => findRemoved([ada], 'Eve')).toThrow('No removed connection is called “Eve”.')
  expect(() => findRemoved([ada], '')).toThrow('No removed connection')
})
