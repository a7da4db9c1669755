// Colours and columns. Apart from output.ts, because string-width is slow to load.
import { styleText } from 'node:util'
import stringWidth from 'string-width'
import { print } from './output.ts'

type Colour = 'green' | 'yellow' | 'red' | 'grey' | 'bold'

/** Colours `text` for standard output where that is a terminal that wants colour. */
export function paint(text: string, colour: Colour): string {
  const { NO_COLOR, TERM } = process.env
  const wanted = process.stdout.isTTY && !NO_COLOR && TERM !== 'dumb'
  // The terminal was checked above, because Node 20 does not.
  return wanted ? styleText(colour, text, { validateStream: false }) : text
}

/** Columns under their headings, aligned by what a terminal shows; `colour` colours a whole cell by its column. */
export function printTable(heads: string[], rows: string[][], colour: (cell: string, column: number) => string): void {
  const widths = heads.map((head, column) => Math.max(...[head, ...rows.map((row) => row[column] ?? '')].map(widthOf)))
  const pad = (cell: string, column: number) => cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell))
  const line = (cells: string[], draw: (cell: string, column: number) => string) =>
    cells.map((cell, column) => draw(column === cells.length - 1 ? cell : pad(cell, column), column)).join('  ')
  print(line(heads, (cell) => paint(cell, 'bold')))
  for (const row of rows) print(line(row, colour))
}

const widthOf = (text: string) => stringWidth(text)
