// A flow's diagram as the text of an SVG file that needs nothing else: no script, no font, no address. It is light or dark as the
// system is that shows it.
import { elapsedText } from '../elapsed.ts'
import type { Flow, KeptFlow } from '../flow.ts'
import { flowOutcomeWords } from '../outcome-words.ts'
import { flowTitle, missingWords } from '../words.ts'
import { type LayoutOptions, layOut } from './layout.ts'
import type { Label } from './model.ts'
import { diagramClass, drawHead, drawRows, type SvgElement, textOf } from './svg.ts'
import { colourRules, darkLooks, fileFaces, lightLooks, shapeRules } from './svg-style.ts'
import { cutText } from './text-width.ts'

/** Characters that no XML document may hold, not even escaped. @see XML 1.0 §2.2 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is removed
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu

/** Marks that reverse the direction of text, and so could make a file say what it does not. */
const reversing = /[\u202a-\u202e\u2066-\u2069]/g

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Any text, as the content of an XML element or an attribute in quotes. */
export function xmlText(text: string): string {
  return text
    .replace(forbidden, '')
    .replace(reversing, '\ufffd')
    .replace(/[&<>"']/g, (character) => escapes[character] ?? '')
}

/** SVG elements as text. */
export function svgMarkup(elements: SvgElement['children']): string {
  return elements
    .map((one) => {
      if (typeof one === 'string') return xmlText(one)
      const attributes = Object.entries(one.attributes).map(([name, value]) => ` ${name}="${xmlText(String(value))}"`)
      const start = `<${one.tag}${attributes.join('')}`
      return one.children.length === 0 ? `${start}/>` : `${start}>${svgMarkup(one.children)}</${one.tag}>`
    })
    .join('')
}

/** How a file is coloured: as the system that shows it, or always light, as for a picture. */
export interface FlowSvgOptions extends Partial<LayoutOptions> {
  colours?: 'system' | 'light' | 'dark'
}

const headingHeight = 64
const margin = 16

/** A flow as a self-contained SVG document: its title, how it came out, and its sequence diagram. */
export function flowSvg(flow: Flow | KeptFlow, { colours = 'system', ...options }: FlowSvgOptions = {}): string {
  const now = options.now ?? flow.endedAt ?? flow.startedAt
  const diagram = layOut(flow.events, { ...options, now })
  const { width } = diagram
  const height = diagram.height + headingHeight
  const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`
  const root = `<svg xmlns="http://www.w3.org/2000/svg" class="${diagramClass}" ${size} role="img" aria-labelledby="title">`
  const heading = svgMarkup(headingOf(flow, width).map((label, index) => textOf(label, index === 0 ? 'title' : '')))
  const drawn = svgMarkup([...drawHead(diagram), ...drawRows(diagram)])
  return [
    root,
    `<title id="title">${xmlText(`${flowTitle(flow)}: ${flowOutcomeWords[flow.outcome].toLowerCase()}`)}</title>`,
    `<style>${xmlText(styleOf(colours))}</style>`,
    `<rect class="page" width="${width}" height="${height}"/>`,
    heading,
    `<g transform="translate(0 ${headingHeight})">${drawn}</g>`,
    '</svg>\n',
  ].join('\n')
}

function styleOf(colours: 'system' | 'light' | 'dark'): string {
  const shape = shapeRules(fileFaces)
  if (colours === 'dark') return shape + colourRules(darkLooks)
  const light = shape + colourRules(lightLooks)
  return colours === 'light' ? light : `${light}@media (prefers-color-scheme: dark){${colourRules(darkLooks)}}`
}

function headingOf(flow: Flow | KeptFlow, width: number): Label[] {
  const facts = [
    flowOutcomeWords[flow.outcome],
    dateText(flow.startedAt),
    flow.endedAt === null ? '' : `took ${elapsedText(Math.max(0, flow.endedAt - flow.startedAt))}`,
    'missing' in flow && flow.missing > 0 ? missingWords(flow.missing) : '',
    flow.failure?.message ?? '',
  ].filter(Boolean)
  const line = (text: string, y: number, size: number, dim: boolean): Label => {
    const shown = cutText(text, width - 2 * margin, size, 'plain')
    return { x: margin, y, text: shown, size, anchor: 'start', face: 'plain', dim }
  }
  return [line(flowTitle(flow), 26, 15, false), line(facts.join(' · '), 46, 12, true)]
}

/** A moment as `2026-11-30 09:20:00 UTC`; empty if no date is that far. */
function dateText(at: number): string {
  const date = new Date(at)
  if (Number.isNaN(date.getTime())) return ''
  return date
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC')
}
