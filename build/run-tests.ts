// `node build/run-tests.ts REPORT PROJECT…`: one run of Vitest over some projects, whose files share the workers. The results
// go to REPORT as JSON; how far the run is goes to file descriptor 3, so that it is seen even where the rest is held back.
import { writeSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { startVitest } from 'vitest/node'
import { testProgress } from './test-progress.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const [report = '', ...project] = process.argv.slice(2)
const progress = testProgress(root, (line) => void writeSync(3, `${line}\n`))
const vitest = await startVitest([], {
  ...{ root, project, watch: false, reporters: ['default', 'json', progress] },
  outputFile: { json: report },
})
await vitest.close()
