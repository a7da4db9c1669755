import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { darkLooks, lightLooks } from '../../../../../contract/flow/diagram/svg-style.ts'
import { flowSvg, svgMarkup, xmlText } from '../../../../../contract/flow/diagram/svg-text.ts'
import { anyEvents } from './arbitrary-events.ts'
import { failedVisit, rareEvents, sampleFlow } from './sample-events.ts'

/** The names of all elements of a text that is well formed as the ones that are written here; throws if it is not. */
function elementsOf(markup: string): string[] {
  const names: string[] = []
  const open: string[] = []
  let rest = markup
  while (rest !== '') {
    const [text = ''] = /^[^<]*/.exec(rest) ?? []
    expect(text.replace(/&(?:amp|lt|gt|quot|#39);/g, '')).not.toContain('&')
    rest = rest.slice(text.length)
    if (rest === '') break
    const [tag, close, name = '', , alone] = /^<(\/)?([a-z]+)((?: [\w:-]+="[^"<]*")*)(\/)?>/.exec(rest) ?? []
    if (tag === undefined) throw new Error(`No tag: ${rest.slice(0, 40)}`)
    rest = rest.slice(tag.length)
    if (close) expect(open.pop()).toBe(name)
    else {
      names.push(name)
      if (!alone) open.push(name)
    }
  }
  expect(open).toEqual([])
  return names
}

const drawn = new Set(['svg', 'title', 'style', 'g', 'rect', 'path', 'circle', 'text'])

describe('a flow as an SVG document', () => {
  const svg = flowSvg(sampleFlow([...failedVisit, ...rareEvents]))

  it('has its title, its lifelines and its rows', () => {
    expect(svg).toContain('<title id="title">Connect Planio: failed</title>')
    for (const text of [
      'Authorization server',
      'POST /oauth/token',
      '400 invalid_grant',
      'The authorization server refused the code.',
    ])
      expect(svg).toContain(text)
  })

  it('needs nothing else: no script, no address, nothing to load', () => {
    expect(new Set(elementsOf(svg))).toEqual(drawn)
    expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(
      /href|src=|url\(|@import|@font-face|\son\w+=/i,
    )
  })

  it('is dark where the system is, or what it is asked to be', () => {
    expect(svg).toContain('@media (prefers-color-scheme: dark)')
    const dark = flowSvg(sampleFlow(failedVisit), { colours: 'dark' })
    expect(dark).not.toContain('@media')
    expect(dark).toContain(darkLooks.page)
    expect(dark).not.toContain(lightLooks.page)
  })

  it('stays one document of drawing elements, whatever stands in the events', () => {
    fc.assert(
      fc.property(anyEvents, fc.string({ unit: 'binary' }), fc.double(), (events, title, startedAt) => {
        const flow = sampleFlow(events, { startedAt, failure: null })
        const text = flowSvg({ ...flow, about: { ...flow.about, title } }, { now: 50_000 })
        for (const name of elementsOf(text)) expect(drawn).toContain(name)
        expect(text.isWellFormed()).toBe(true)
      }),
    )
  })
})

it('escapes what would end a text or an attribute, and leaves out what XML forbids', () => {
  expect(xmlText(`<a b="c" d='e'>&\u0000\ud800\ufffe`)).toBe('&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;')
  const element = { tag: 'text' as const, attributes: { class: '"><script>' }, children: ['</text><script>'] }
  expect(svgMarkup([element])).toBe('<text class="&quot;&gt;&lt;script&gt;">&lt;/text&gt;&lt;script&gt;</text>')
})

it('has the colours of the window', () => {
  const names = {
    ...{ text: 'text', dim: 'dim', page: 'page', line: 'line', lineStrong: 'line-strong', accent: 'accent' },
    ...{ good: 'good', bad: 'bad', badSoft: 'bad-soft', box: 'side' },
  }
  const [light = '', dark = ''] = readFileSync('renderer/theme/variables.css', 'utf8').split(':root[')
  for (const [colour, variable] of Object.entries(names) as [keyof typeof lightLooks, string][]) {
    expect(light).toContain(`--gd-${variable}: ${lightLooks[colour]};`)
    expect(dark).toContain(`--gd-${variable}: ${darkLooks[colour]};`)
  }
})
