// A flow as one HTML page: whatever a server wrote stays text, and nothing is loaded or run.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Diagnosis } from '../../../../contract/flow/diagnosis.ts'
import { flowPage } from '../../../../core/sharing/flow-page.ts'
import { fuzzSeed } from '../../../support/fuzz/seed.ts'
import { flowsOf } from './flow-arbitrary.ts'

const hostile = fc.constantFrom(
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onload='alert(1)",
  '</style></pre></title><iframe src=//evil.example>',
  '<!--',
  ']]>',
  '\u202egnp.exe\u0000\u0007',
  '&lt;script&gt;',
  '{"a":"</pre><script>"}',
)

const allowed = new Set(
  [
    '!doctype',
    'html',
    'head',
    'meta',
    'title',
    'style',
    'body',
    'main',
    'h1',
    'h2',
    'h3',
    'p',
    'div',
    'strong',
    'section',
    'table',
  ].concat(
    ['caption', 'tr', 'th', 'td', 'a', 'mark', 'details', 'summary', 'span', 'pre'],
    [
      'svg',
      'rect',
      'g',
      'text',
      'line',
      'path',
      'circle',
      'polygon',
      'tspan',
      'defs',
      'marker',
      'clippath',
      'polyline',
    ],
  ),
)

const diagnosis: Diagnosis = {
  ...{ rule: 'x', weight: 'cause', title: '<b>Bold</b>', explanation: '<i>', remedy: '</p><script>', actions: [] },
  evidence: [{ event: '0', name: '<u>', value: 'abc<def', marked: [2, 5] }],
  specification: null,
}

describe('a flow as a page', () => {
  it('holds no markup but our own, whatever stands in the flow', () => {
    const property = fc.property(flowsOf(hostile), (flow) => {
      const page = flowPage({ ...flow, missing: 1 }, [diagnosis], '1.0.0')
      const tags = [...page.matchAll(/<\/?([!a-zA-Z][\w-]*)/g)].map(([, tag]) => (tag ?? '').toLowerCase())
      expect([...new Set(tags)].filter((tag) => !allowed.has(tag))).toEqual([])
      // Attributes end where ours end: no handler can be among them.
      const inTags = [...page.matchAll(/<[a-zA-Z][^<>]*>/g)].map(([tag]) => tag)
      for (const tag of inTags) expect(tag.replace(/"[^"]*"/g, '""')).not.toMatch(/\son\w+=|['&]/)
      for (const mark of ['\u0000', '\u0007', '\u202e']) expect(page.includes(mark)).toBe(false)
    })
    fc.assert(property, { seed: fuzzSeed('flow pages'), numRuns: 150 })
  })

  it('loads and runs nothing', () => {
    fc.assert(
      fc.property(flowsOf(hostile), (flow) => {
        const page = flowPage({ ...flow, missing: 0 }, [], '1.0.0')
        expect(page).toContain(`content="default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;`)
        const attributes = [...page.matchAll(/<[a-zA-Z][^<>]*>/g)].map(([tag]) => tag.replace(/"[^"]*"/g, ''))
        for (const names of attributes) expect(names).not.toMatch(/\s(?:src|xlink:href|action|srcset)=/)
        for (const [, style] of page.matchAll(/<style>([^<]*)</g)) expect(style).not.toMatch(/@import|url\(/)
        expect([...page.matchAll(/href="([^"]*)"/g)].every(([, target]) => target?.startsWith('#'))).toBe(true)
      }),
      { seed: fuzzSeed('flow pages'), numRuns: 50 },
    )
  })

  it('marks the part of the evidence that matters', () => {
    const [flow] = fc.sample(flowsOf(hostile), 1)
    if (!flow) throw new Error('no flow')
    expect(flowPage({ ...flow, missing: 0 }, [diagnosis], '1.0.0')).toContain('ab<mark>c&lt;d</mark>ef')
  })
})
