// How a diagram looks: one style sheet for the window and for files, over colours and faces that each supplies.
import { diagramClass } from './svg.ts'

/** What a style sheet is made with: values of CSS, which may be variables. */
export interface Looks {
  text: string
  dim: string
  page: string
  line: string
  lineStrong: string
  accent: string
  good: string
  bad: string
  badSoft: string
  box: string
}

export interface Faces {
  plain: string
  mono: string
}

/** The colours of a file. They are the window’s own (renderer/theme/variables.css); a test holds that. */
export const lightLooks: Looks = {
  text: '#1b1f23',
  dim: '#59616a',
  page: '#ffffff',
  line: '#e5e8eb',
  lineStrong: '#cfd4d9',
  accent: '#0a6672',
  good: '#19703a',
  bad: '#b3261e',
  badSoft: '#fdf0ef',
  box: '#f6f7f8',
}

export const darkLooks: Looks = {
  text: '#e4e7ea',
  dim: '#9aa3ac',
  page: '#16191c',
  line: '#282d32',
  lineStrong: '#3b4249',
  accent: '#55bcc8',
  good: '#63c98a',
  bad: '#ff8f85',
  badSoft: 'rgb(255 110 100 / 10%)',
  box: '#111315',
}

export const fileFaces: Faces = {
  plain: "system-ui,-apple-system,'Segoe UI',Roboto,'DejaVu Sans',sans-serif",
  mono: "ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace",
}

/** Rules of shape and type, which are the same in light and dark. */
export function shapeRules({ plain, mono }: Faces): string {
  return rules([
    ['text', 'font-size:12px;paint-order:stroke;stroke-width:4px;stroke-linejoin:round'],
    ['.plain', `font-family:${plain}`],
    ['.mono', `font-family:${mono}`],
    ['.small', 'font-size:11px'],
    ['.name', 'font-weight:600'],
    ['.title', 'font-size:15px;font-weight:600'],
    ['.middle', 'text-anchor:middle'],
    ['.end', 'text-anchor:end'],
    ['.line,.disc,.sign,.lifeline,.waiting', 'fill:none'],
    ['.line,.disc,.sign', 'stroke-width:1.5px'],
    ['.sign', 'stroke-linecap:round;stroke-linejoin:round'],
    ['.stray .line', 'stroke-dasharray:4 3'],
    ['.unseen .line', 'stroke-dasharray:6 3'],
    ['.awaited .line', 'stroke-dasharray:2 6;stroke-width:2px;stroke-linecap:round'],
    ['.waiting', 'stroke-width:3px;stroke-dasharray:1 5;stroke-linecap:round'],
    ['.evidence text,.party text', 'stroke:none'],
  ])
}

/** Rules of colour. */
export function colourRules(looks: Looks): string {
  const { text, dim, page, line, lineStrong, accent, good, bad, badSoft, box } = looks
  return rules([
    ['.page', `fill:${page}`],
    ['text', `fill:${text};stroke:${page}`],
    ['.box', `fill:${box};stroke:${lineStrong}`],
    ['.lifeline', `stroke:${line}`],
    ['.band', `fill:${badSoft}`],
    ['.line,.sign,.disc', `stroke:${text}`],
    ['.head,.origin', `fill:${text}`],
    ['.disc', `fill:${page}`],
    ['.work', `fill:${box};stroke:${lineStrong}`],
    ['.waiting', `stroke:${dim}`],
    ['.wait text,.noted text,.unseen text,.dim', `fill:${dim}`],
    ['.noted .line,.noted .sign,.noted .disc,.unseen .line', `stroke:${dim}`],
    ['.noted .head,.noted .origin,.unseen .head', `fill:${dim}`],
    ['.check.good .disc,.check.good .sign', `stroke:${good}`],
    ['.check.good text', `fill:${good}`],
    ['.bad .line,.bad .sign,.bad .disc,.waiting.bad', `stroke:${bad}`],
    ['.bad .head', `fill:${bad}`],
    ['.row.bad text', `fill:${bad}`],
    ['.running .line,.waiting.running', `stroke:${accent}`],
    ['.running .head', `fill:${accent}`],
    ['.row.running text', `fill:${accent}`],
    ['.row text.dim', `fill:${dim}`],
  ])
}

/** What is awaited moves, where motion is welcome. */
export const motionRules = `@media (prefers-reduced-motion: no-preference){${rules([
  ['.awaited .line', 'animation:gd-diagram-come 900ms linear infinite'],
  ['.waiting.running', 'animation:gd-diagram-pass 1200ms linear infinite'],
])}}@keyframes gd-diagram-come{to{stroke-dashoffset:-16px}}@keyframes gd-diagram-pass{to{stroke-dashoffset:-12px}}`

function rules(list: [selectors: string, declarations: string][]): string {
  return list
    .map(([selectors, declarations]) => {
      const scoped = selectors.split(',').map((one) => `.${diagramClass} ${one}`)
      return `${scoped.join(',')}{${declarations}}`
    })
    .join('')
}
