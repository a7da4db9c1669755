import { expect, it } from 'vitest'
import { exchangeFailureWords } from '../../../../contract/flow/trouble-words.ts'

it('words an error code that nobody knows, whatever its name', () => {
  const words = (code: string) => exchangeFailureWords({ kind: 'network', host: 'a.example', code })
  expect(words('EWHATEVER')).toBe('a.example could not be reached (EWHATEVER).')
  expect(words('valueOf')).toBe('a.example could not be reached (valueOf).')
})
