// A value that fits, with one thing wrong in it: another value somewhere in it, a field gone, a field too many.
import fc from 'fast-check'
import { hostileValue } from './hostile-values.ts'

type Container = Record<string, unknown> | unknown[]

function isContainer(value: unknown): value is Container {
  return typeof value === 'object' && value !== null && (Array.isArray(value) || Object.getPrototypeOf(value) !== null)
}

/** Every place in the value: which container, under which key. */
function placesIn(value: unknown): [Container, string][] {
  const places: [Container, string][] = []
  const todo: unknown[] = [value]
  while (todo.length > 0 && places.length < 200) {
    const next = todo.pop()
    if (!isContainer(next)) continue
    for (const [key, inner] of Object.entries(next)) {
      places.push([next, key])
      todo.push(inner)
    }
  }
  return places
}

const extraKeys = ['__proto__', 'constructor', 'prototype', 'toString', 'toJSON', 'then', 'id', 'more', '0', 'length']
const operations = ['replace', 'replace', 'replace', 'remove', 'add', 'wrap', 'unwrap'] as const

interface Miss {
  operation: (typeof operations)[number]
  at: number
  key: string
  value: unknown
}

/** An own property even where the key is `__proto__`. */
function put(container: Container, key: string, value: unknown): void {
  if (Array.isArray(container) && key === 'length') return
  Object.defineProperty(container, key, { value, enumerable: true, configurable: true, writable: true })
}

function missed(fit: unknown, { operation, at, key, value }: Miss): unknown {
  const copy = structuredClone(fit)
  const places = placesIn(copy)
  const place = places[at % Math.max(1, places.length)]
  if (operation === 'wrap') return [copy]
  if (operation === 'unwrap') return place ? (place[0] as Record<string, unknown>)[place[1]] : value
  if (operation === 'add' && isContainer(copy) && !Array.isArray(copy)) {
    put(place && at % 2 ? place[0] : copy, key, value)
    return copy
  }
  if (!place) return value
  if (operation === 'remove') Reflect.deleteProperty(...place)
  else put(place[0], place[1], value)
  return copy
}

export function nearMiss(fit: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const miss = fc.record({
    operation: fc.constantFrom(...operations),
    at: fc.nat(199),
    key: fc.constantFrom(...extraKeys),
    value: hostileValue,
  })
  return fc.tuple(fit, miss).map(([value, how]) => missed(value, how))
}
