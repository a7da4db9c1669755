import { expect, test } from 'vitest'
import { headerValue } from '../../../contract/header-value.ts'

test('a header is found whatever its case', () => {
  expect(headerValue([['Content-Type', 'a']], 'content-type')).toBe('a')
  expect(headerValue([['content-type', 'a']], 'Content-Type')).toBe('a')
  expect(headerValue([], 'content-type')).toBeNull()
})
