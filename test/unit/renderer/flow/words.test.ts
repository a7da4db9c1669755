import { describe, expect, test } from 'vitest'
import { queryOf } from '../../../../contract/flow/request-line.ts'
import { pairsOf, shortUrl } from '../../../../renderer/flow/words.ts'

describe('a recorded text', () => {
  test('of a query or a form falls into decoded pairs', () => {
    expect(pairsOf(queryOf('http://x/?scope=a+b&state=%3Cstate%3A7f3a%3E#end'))).toEqual([
      ['scope', 'a b'],
      ['state', '<state:7f3a>'],
    ])
    expect(queryOf('http://x/')).toBe('')
  })

  test('of a URL shortens to host and path', () => {
    expect(shortUrl('https://api.plane.so/auth/o/token/?a=1')).toBe('api.plane.so/auth/o/token/')
  })
})
