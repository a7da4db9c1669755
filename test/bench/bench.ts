// `npm run bench [name…]`: takes the measures of those names, or all of them, and ends with 1 where a bound is missed.
// `--list` names them. docs/performance.md tells what each one measures and how.

import type { Measure } from './measure.ts'
import { verdictOf } from './measure.ts'
import { coldStart } from './measures/cold-start.ts'
import { commandAlone } from './measures/command-alone.ts'
import { commandThroughHost } from './measures/command-through-host.ts'
import { desktopMemory } from './measures/desktop-memory.ts'
import { firstPaint } from './measures/first-paint.ts'
import { memory } from './measures/memory.ts'
import { parsedCode } from './measures/parsed-code.ts'
import { refreshes } from './measures/refreshes.ts'
import { rename } from './measures/rename.ts'
import { save } from './measures/save.ts'
import { savesPerRefresh } from './measures/saves-per-refresh.ts'
import { tokenBurst } from './measures/token-burst.ts'
import { unlock } from './measures/unlock.ts'
import { windowSize } from './measures/window-size.ts'
import { rowText } from './report.ts'

const measures: Measure[] = [
  save,
  savesPerRefresh,
  unlock,
  rename,
  commandThroughHost,
  tokenBurst,
  commandAlone,
  refreshes,
  memory,
  desktopMemory,
  firstPaint,
  coldStart,
  windowSize,
  parsedCode,
]

function say(text: string): void {
  process.stdout.write(text)
}

/** Whether every bound was held. */
async function takeAndTell({ name, take }: Measure): Promise<boolean> {
  say(`\n${name}\n`)
  const outcome = await take()
  if ('skipped' in outcome) {
    say(`       skipped: ${outcome.skipped}\n`)
    return true
  }
  for (const row of outcome) say(rowText(row))
  return outcome.every((row) => verdictOf(row) !== 'missed')
}

const asked = process.argv.slice(2)
if (asked.includes('--list')) {
  for (const { name, about } of measures) say(`${name.padEnd(22)} ${about}\n`)
  process.exit(0)
}
const unknown = asked.filter((name) => !measures.some((measure) => measure.name === name))
if (unknown.length > 0) {
  say(`No such measure: ${unknown.join(', ')}. “npm run bench -- --list” names them.\n`)
  process.exit(2)
}
const missed: string[] = []
for (const measure of measures.filter(({ name }) => asked.length === 0 || asked.includes(name))) {
  const held = await takeAndTell(measure).catch((error: unknown) => {
    say(`       failed: ${error instanceof Error ? error.stack : String(error)}\n`)
    return false
  })
  if (!held) missed.push(measure.name)
}
say(missed.length === 0 ? '\nEvery bound held that could be measured here.\n' : `\nMissed: ${missed.join(', ')}\n`)
process.exit(missed.length === 0 ? 0 : 1)
