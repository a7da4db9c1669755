import { createServer } from 'node:net'
import { expect, it } from 'vitest'
import { startPractice } from '../../../practice/index.ts'

it('takes the preferred ports, and any others when one of them is taken', async () => {
  const first = await startPractice({ preferredPort: 21_870 })
  expect(first.services.map(({ baseUrl }) => new URL(baseUrl).port)).toEqual([
    '21870',
    '21871',
    '21872',
    '21873',
    '21874',
  ])
  await first.close()
  const squatter = createServer().listen(21_872, '127.0.0.1')
  await new Promise((resolve) => squatter.once('listening', resolve))
  const second = await startPractice({ preferredPort: 21_870 })
  expect(second.services.map(({ baseUrl }) => new URL(baseUrl).port)).not.toContain('21870')
  await second.close()
  await new Promise((resolve) => squatter.close(resolve))
})
