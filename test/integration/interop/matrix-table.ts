// Writes what each cell of the matrix comes to into docs/services.md, from matrix-cells.ts: `npm run matrix`.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expectedCells, methods, works, worksBut } from './matrix-cells.ts'

export const pagePath = fileURLToPath(new URL('../../../docs/services.md', import.meta.url))

const between = /(?<=<!-- matrix -->\n).*?(?=<!-- \/matrix -->)/s

/** The page with a row for each server and grant, and below them, by their numbers, the words for what does not, or not wholly. */
export function pageWithMatrix(page: string): string {
  const words: string[] = []
  const cell = (end: string) => {
    if (end === works) return works
    if (!words.includes(end)) words.push(end)
    return `${worksBut(end) ? 'works, ' : ''}${words.indexOf(end) + 1}`
  }
  const rows = Object.entries(expectedCells).flatMap(([server, grants]) =>
    Object.entries(grants).map(([grant, ends]) => [server, grant, ...ends.map(cell)]),
  )
  const table = [
    ['server', 'grant', ...methods.map((one) => `\`${one}\``)],
    Array(2 + methods.length).fill('---'),
    ...rows,
  ]
  const lines = table.map((row) => `| ${row.join(' | ')} |\n`)
  const legend = words.map((text, at) => `${at + 1}. ${text}\n`)
  return page.replace(between, () => `${lines.join('')}\n${legend.join('')}`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(pagePath, pageWithMatrix(readFileSync(pagePath, 'utf8')))
}
