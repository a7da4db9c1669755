// Values that a hostile caller sends: everything that JSON or a structured clone can carry across and no schema wants.
// Getters, functions and symbols are left out, because no transport carries them.
import fc from 'fast-check'

/** Own keys by which a careless copy or merge would change every object there is. */
const pollutingTexts = [
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"prototype":{"polluted":true},"toString":1,"valueOf":null,"hasOwnProperty":0}',
  '{"__proto__":null,"id":{"__proto__":{"polluted":true}}}',
  '{"__defineGetter__":"x","__lookupSetter__":"x","then":"x"}',
]

/** Texts that mean something to one of the readers behind the door. */
export const hostileTexts = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  'x\udfffy',
  '\u202egnp.exe',
  '\u2028',
  '\ufeff',
  '🙂'.repeat(30),
  'é'.repeat(41),
  '\r\nHost: evil.example\r\n\r\n',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'undefined',
  'null',
  '-1',
  '1e309',
  '../../../etc/passwd',
  '..\\..\\windows',
  '%00%2e%2e%2f',
  '{slug}',
  '{__proto__}',
  '{constructor}',
  '//evil.example/x',
  '\\\\evil.example\\x',
  'https://evil.example/',
  'https://fuzz.example@evil.example/',
  'https://fuzz.example:99999/',
  'http://169.254.169.254/latest/meta-data',
  'http://[::1]:1/',
  'javascript:alert(1)',
  'file:///etc/passwd',
  'data:text/html,<script>1</script>',
  'urn:ietf:wg:oauth:2.0:oob',
  'http://127.0.0.1/callback?code=x&code=y&state=z',
  'code=x&state=y#__proto__',
  '<img src=x onerror=alert(1)>',
  "'; DROP TABLE tokens; --",
  '$(touch /tmp/x)`id`',
  '%s%s%n',
  '(a+)+$',
  `${'a'.repeat(500)}!`,
]

/** Deeper than any recursion over it could go. */
function nested(depth: number, wrap: (inner: unknown) => unknown): unknown {
  let value: unknown = 'x'
  for (let level = 0; level < depth; level++) value = wrap(value)
  return value
}

function ring(): object {
  const object: Record<string, unknown> = { id: 'ring' }
  object.self = object
  return object
}

const longText = 'x'.repeat(1_000_000)
const deepList = nested(50_000, (inner) => [inner])
const deepObject = nested(50_000, (inner) => ({ id: inner }))
const wideObject = Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`k${at}`, at]))

const rare = fc.constantFrom<unknown>(longText, deepList, deepObject, wideObject, new Array(100_000).fill(0), ring())

const odd = fc.constantFrom<unknown>(
  null,
  undefined,
  true,
  false,
  0,
  -0,
  -1,
  0.5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.MAX_SAFE_INTEGER + 1,
  10n,
  [],
  [[]],
  {},
  [null],
  [undefined],
  new Array(3),
  Object.create(null),
  new Date(Number.NaN),
  new Map([['id', 'x']]),
  new Set(['id']),
  new Uint8Array(8),
  new ArrayBuffer(8),
  new Error('not a failure'),
  /x/g,
  Object(1),
  Object('id'),
)

export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...hostileTexts) },
  { weight: 3, arbitrary: fc.array(fc.nat(0xffff), { maxLength: 30 }).map((units) => String.fromCharCode(...units)) },
)

/** A fresh one each time: nothing that one call did to it may reach the next. */
const polluting: fc.Arbitrary<unknown> = fc.constantFrom(...pollutingTexts).map((text): unknown => JSON.parse(text))

export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 100, arbitrary: odd },
  { weight: 100, arbitrary: hostileText },
  { weight: 60, arbitrary: polluting },
  { weight: 30, arbitrary: fc.anything({ withNullPrototype: true, withBigInt: true, maxDepth: 2, maxKeys: 4 }) },
  { weight: 3, arbitrary: rare },
)

/** The value as JSON; `null` where JSON cannot hold it. */
export function asJson(value: unknown): string {
  try {
    return JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? String(inner) : inner)) ?? 'null'
  } catch {
    return 'null'
  }
}
