// `npm test [project…]`: checks, builds and runs every test that this machine can run, and says plainly what it skipped.
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ensureDebianPackages } from './debian-packages.ts'
import { findElectronRuntime } from './electron-runtime.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const output = new URL('../test/output/', import.meta.url)
const projects = ['unit', 'integration', 'ui', 'desktop'] as const
type Project = (typeof projects)[number]

const asked = process.argv.slice(2)
const wanted: readonly string[] = asked.length > 0 ? asked : projects
const started = performance.now()
const notes: string[] = []

function say(line: string): void {
  process.stdout.write(`[${((performance.now() - started) / 1000).toFixed(0).padStart(3)} s] ${line}\n`)
}

function run(args: string[]): Promise<boolean> {
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
  return new Promise((resolve) => {
    child.once('error', () => resolve(false))
    child.once('close', (code) => resolve(code === 0))
  })
}

const npmScript = (name: string) => ['--run', name]

interface Counts {
  passed: number
  failed: number
  skipped: number
}

function countsOf(project: Project): Counts {
  const report = JSON.parse(readFileSync(new URL(`${project}.json`, output), 'utf8'))
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numFailedTestSuites * (report.numFailedTests === 0 ? 1 : 0),
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

async function test(project: Project): Promise<Counts> {
  say(`${project} tests`)
  const report = fileURLToPath(new URL(`${project}.json`, output))
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const passed = await run(['node_modules/vitest/vitest.mjs', 'run', '--project', project, ...reporters])
  const counts = countsOf(project)
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
    ],
    ...['dbus', 'gnome-keyring', 'libsecret-tools', 'chromium'],
  ],
  ui: ['chromium'],
  desktop: ['xvfb', 'xauth', 'dbus', 'gnome-keyring', 'chromium'],
}

/** Installs what the project wants, all at once before the tests: two installations at a time would wait for each other. */
function prepare(project: Project): void {
  if (project === 'desktop' && findElectronRuntime() === null) {
    notes.push('desktop tests skipped: no Electron runtime')
    return
  }
  if (!ensureDebianPackages(packages[project])) {
    notes.push(`${project} tests: not all of ${packages[project].join(', ')} could be installed here`)
  }
}

rmSync(output, { recursive: true, force: true })
mkdirSync(output, { recursive: true })
const total: Counts = { passed: 0, failed: 0, skipped: 0 }
let sound = true

if (asked.length === 0) {
  say('types, lint, structure, dead code')
  sound = await run(npmScript('check'))
}
say('building')
if (!(await run(['build/build.ts']))) process.exit(1)

for (const project of projects) {
  if (!wanted.includes(project)) continue
  prepare(project)
  const counts = await test(project)
  total.passed += counts.passed
  total.failed += counts.failed
  total.skipped += counts.skipped
}

for (const line of notes) say(line)
if (!sound) say('npm run check failed: see above')
process.stdout.write(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`)
process.exit(sound && total.failed === 0 ? 0 : 1)
