// `npm run test:whole [part…]`: what `npm test` takes a sample of, whole. One part after another: some want the machine for themselves.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

interface Part {
  files: string[]
  environment: Record<string, string>
}

const takesAll = { TEST_WHOLE: '1' }
const unit = (name: string) => `test/unit/${name}.test.ts`

const parts: Record<string, Part> = {
  /** 100,000 hostile calls at the door, and thousands at the channels that lead to it. */
  fuzz: {
    files: [
      'test/integration/door-fuzz.test.ts',
      ...[unit('core/door/http-door-fuzz'), unit('core/door/local-socket-fuzz'), unit('electron/door-message')],
      ...[unit('core/flows/redaction'), unit('core/flows/weak-secrets')],
    ],
    environment: takesAll,
  },
  /** Every request answered in every shape. */
  hostile: { files: ['test/integration/hostile-server.test.ts'], environment: takesAll },
  /** 50 commands at once beside 20 processes that want the machine for themselves. */
  load: { files: ['test/integration/many-commands.test.ts'], environment: { COMMANDS: '50', BUSY: '20' } },
}

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !(name in parts))
if (unknown.length > 0) {
  process.stderr.write(`No such part: ${unknown.join(', ')}. Parts: ${Object.keys(parts).join(', ')}\n`)
  process.exit(2)
}
const failed: string[] = []
for (const [name, { files, environment }] of Object.entries(parts)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', ...files]
  const { status } = spawnSync(process.execPath, vitest, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  })
  if (status !== 0) failed.push(name)
}
for (const name of failed) process.stdout.write(`failed: ${name}\n`)
process.exitCode = failed.length === 0 ? 0 : 1
