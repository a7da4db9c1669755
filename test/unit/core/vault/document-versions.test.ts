// What records of earlier versions become when they are read.
import { describe, expect, it } from 'vitest'
import { withTodaysMembers } from '../../../../core/vault/document-versions.ts'

describe('a client that an earlier Grantdesk stored', () => {
  it.each([
    ['Practice Plane', 'http://127.0.0.1:4000', true],
    ['Mine', 'http://127.0.0.1:4000', false],
    ['Practice Plane', 'https://api.plane.so', false],
    ['Practice Plane', 'no address', false],
  ])('is marked by what it wrote: %s at %s', (name, baseUrl, practice) => {
    expect(withTodaysMembers('client', { name, baseUrl })).toEqual({ name, baseUrl, practice })
  })

  it('keeps the mark that it has, whatever it is called', () => {
    const marked = { name: 'Practice Plane', baseUrl: 'http://127.0.0.1:4000', practice: false }
    expect(withTodaysMembers('client', marked)).toEqual(marked)
  })
})
