// `npm test [project…]`: checks, builds and runs every test that this machine can run, and says plainly what it skipped.
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { relative } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { ensureDebianPackages } from './debian-packages.ts'
import { findElectronRuntime } from './electron-runtime.ts'
import { ensurePythonPackages } from './python-packages.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const output = new URL('../test/output/', import.meta.url)
/**
 * What stands together is one run, whose files share the workers; the runs go on at the same time. The desktop tests are one
 * of their own: they have one screen, and wait for most of their time.
 */
const runs = [['unit', 'integration', 'ui'], ['desktop']] as const
type Project = (typeof runs)[number][number]

const asked = process.argv.slice(2)
const wanted: readonly string[] = asked.length > 0 ? asked : runs.flat()
const started = performance.now()
const notes: string[] = []

function say(line: string): void {
  process.stdout.write(`[${((performance.now() - started) / 1000).toFixed(0).padStart(3)} s] ${line}\n`)
}

/**
 * Whether it ended well. What it writes is seen as it comes, or all at once by `hold`, which gets it at the end; what it
 * writes to descriptor 3 is said line by line.
 */
function run(args: string[], hold?: (output: string) => void): Promise<boolean> {
  const output = hold ? 'pipe' : 'inherit'
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', output, output, 'pipe'] })
  const parts: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part: Buffer) => parts.push(part))
  const progress = child.stdio[3]
  if (progress instanceof Readable) createInterface(progress).on('line', say)
  return new Promise((resolve) => {
    child.once('error', () => resolve(false))
    child.once('close', (code) => {
      hold?.(Buffer.concat(parts).toString())
      resolve(code === 0)
    })
  })
}

const npmScript = (name: string) => ['--run', name]

interface Counts {
  passed: number
  failed: number
  skipped: number
}

interface Report {
  numPassedTests: number
  numFailedTests: number
  numFailedTestSuites: number
  numPendingTests: number
  numTodoTests: number
  testResults: { name: string; status: string; assertionResults: { status: string; fullName: string }[] }[]
}

/** The names of what failed, to be said again at the end, where they are not scrolled past. */
function failuresIn({ testResults }: Report): string[] {
  return testResults.flatMap(({ name, status, assertionResults }) => {
    const failed = assertionResults.filter((one) => one.status === 'failed')
    const where = relative(root, name)
    if (failed.length === 0) return status === 'failed' ? [where] : []
    return failed.map(({ fullName }) => `${where}: ${fullName}`)
  })
}

function countsIn(file: string): Counts {
  const report: Report = JSON.parse(readFileSync(file, 'utf8'))
  notes.push(...failuresIn(report).map((name) => `failed: ${name}`))
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numFailedTestSuites * (report.numFailedTests === 0 ? 1 : 0),
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

async function test(projects: Project[], hold?: (output: string) => void): Promise<Counts> {
  const report = fileURLToPath(new URL(`${projects.join('-')}.json`, output))
  const passed = await run(['build/run-tests.ts', report, ...projects], hold)
  const counts = countsIn(report)
  return passed || counts.failed > 0 ? counts : { ...counts, failed: 1 }
}

/** What each part of the tests wants of Debian; where it cannot be had, the tests that need it say so. */
const packages: Record<Project, string[]> = {
  unit: [],
  integration: [
    ...[
      'python3-django-oauth-toolkit',
      'ruby-doorkeeper',
      'ruby-rails',
      'ruby-sqlite3',
      'puma',
      'ruby-sprockets-rails',
      'ruby-oauth2',
      'python3-pip',
      'glewlwyd',
    ],
    ...['dbus', 'gnome-keyring', 'libsecret-tools', 'chromium'],
  ],
  ui: ['chromium'],
  desktop: ['xvfb', 'xauth', 'dbus', 'gnome-keyring', 'chromium'],
}

/** What draws the pages of the ui tests with less CPU time; the Chromium above does where it cannot be had. */
const pageRenderer = 'chromium-headless-shell'

/** Installs what the project wants, all at once before the tests: two installations at a time would wait for each other. */
function prepare(project: Project): void {
  if (project === 'desktop' && findElectronRuntime() === null) {
    notes.push('desktop tests skipped: no Electron runtime')
    return
  }
  if (!ensureDebianPackages(packages[project])) {
    notes.push(`${project} tests: not all of ${packages[project].join(', ')} could be installed here`)
  } else if (packages[project].includes('chromium')) ensureDebianPackages([pageRenderer])
  if (project !== 'integration') return
  const requirements = 'test/servers/authlib-requirements.txt'
  if (!ensurePythonPackages(fileURLToPath(new URL(`../${requirements}`, import.meta.url)))) {
    notes.push(`integration tests: ${requirements} could not be installed here`)
  }
}

rmSync(output, { recursive: true, force: true })
mkdirSync(output, { recursive: true })
const total: Counts = { passed: 0, failed: 0, skipped: 0 }

/** All that `npm run check` does but the structure, which is one of the unit tests; answers whether all of it is right. */
async function check(): Promise<boolean> {
  // The types take as long on one core as all the rest.
  const inOrder = async (...names: string[]) => {
    let right = true
    for (const name of names) right = (await run(npmScript(name), (output) => process.stdout.write(output))) && right
    return right
  }
  const ends = await Promise.all([inOrder('check:types'), inOrder('check:lint', 'check:dead')])
  return ends.every(Boolean)
}

say(asked.length === 0 ? 'types, lint, dead code, building' : 'building')
const [sound, built] = await Promise.all([asked.length === 0 ? check() : true, run(['build/build.ts'])])
if (!built) process.exit(1)

const chosen = runs
  .map((projects) => projects.filter((project: Project) => wanted.includes(project)))
  .filter((projects) => projects.length > 0)
for (const project of chosen.flat()) prepare(project)
say(`${chosen.flat().join(', ')} tests`)
const held: string[] = []
const counts = await Promise.all(
  chosen.map((projects, at) => test(projects, at === 0 ? undefined : (output) => held.push(output))),
)
for (const output of held) process.stdout.write(output)
for (const { passed, failed, skipped } of counts) {
  total.passed += passed
  total.failed += failed
  total.skipped += skipped
}

for (const line of notes) say(line)
if (!sound) say('npm run check failed: see above')
process.stdout.write(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`)
process.exit(sound && total.failed === 0 ? 0 : 1)
