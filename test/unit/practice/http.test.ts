import { describe, expect, it } from 'vitest'
import { findRoute, type Incoming, json, type Route, readCount, readForm, readJson } from '../../../practice/http.ts'

function request(changes: Partial<Incoming>): Incoming {
  return {
    method: 'GET',
    path: '/',
    query: new URLSearchParams(),
    headers: {},
    body: Buffer.alloc(0),
    params: {},
    ...changes,
  }
}

const routes: Route[] = [
  { method: 'GET', pattern: '/projects/:project/issues/', answer: () => json(200, 'list') },
  { method: 'POST', pattern: '/projects/:project/issues/', answer: () => json(201, 'made') },
]

describe('a route', () => {
  it('is found by method and pattern, with its parameters', () => {
    const found = findRoute(routes, request({ method: 'POST', path: '/projects/p-1/issues/' }))
    expect(found?.route).toBe(routes[1])
    expect(found?.params).toEqual({ project: 'p-1' })
  })

  it.each(['/projects/p-1/issues', '/projects//issues/', '/projects/p-1/issues/7/', '/Projects/p-1/issues/'])(
    'is not found at %s',
    (path) => {
      expect(findRoute(routes, request({ path }))).toBeNull()
    },
  )
})

describe('a form', () => {
  it('is read from a JSON object as well', () => {
    const form = readForm(
      request({ headers: { 'content-type': 'application/json' }, body: Buffer.from('{"token":"t","n":1}') }),
    )
    expect([...form]).toEqual([
      ['token', 't'],
      ['n', '1'],
    ])
  })

  it('is empty when its JSON is none', () => {
    const broken = request({ headers: { 'content-type': 'application/json' }, body: Buffer.from('[1') })
    expect([...readForm(broken)]).toEqual([])
    expect(readJson(request({ body: Buffer.from('[1]') }))).toBeUndefined()
  })
})

it.each([
  ['take=5', 5],
  ['take=-1', 50],
  ['take=many', 50],
  ['', 50],
  ['take=5000', 100],
])('a count read from "%s" is %i', (query, count) => {
  expect(readCount(new URLSearchParams(query), 'take', 50)).toBe(count)
})
