// How much of our own JavaScript a command has Node read, and whether the desktop's main process reads practice services
// before one is started.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { makeVault } from '../bench-vault.ts'
import type { Measure } from '../measure.ts'
import { commandEnvironment, startHost, timedCommand } from '../programs.ts'
import { startTokenServer } from '../token-server.ts'

const coverageSchema = z.object({ result: z.array(z.object({ url: z.string() })) })

/** Kilobytes of the files that a command loads, as V8 tells. */
function loadedKilobytes(args: string[], env: NodeJS.ProcessEnv): number {
  const folder = mkdtempSync(join(tmpdir(), 'grantdesk-bench-coverage-'))
  timedCommand(args, { ...env, NODE_V8_COVERAGE: folder })
  const urls = readdirSync(folder).flatMap((name) => {
    const { result } = coverageSchema.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')))
    return result.map(({ url }) => url).filter((url) => url.startsWith('file:'))
  })
  rmSync(folder, { recursive: true, force: true })
  if (urls.length === 0) throw new Error('V8 told of no file that was loaded.')
  return [...new Set(urls)].reduce((all, url) => all + statSync(fileURLToPath(url)).size, 0) / 1_000
}

const mainProcess = resolve(import.meta.dirname, '../../../dist/electron/main.js')
/** `main.js` imports it by `import()` at each start. */
const application = resolve(import.meta.dirname, '../../../dist/electron/application.js')
/** Words of the practice services alone, and of the engine that serves them. */
const practiceWords = ['practice-quirks', 'oidc-provider']
const staticImport = /(?:^|\n)\s*(?:import|export)\s*(?:[^'";()]*?\sfrom\s*)?["'](\.[^"']+)["']/g

/** A built file and what it imports by `import … from`. */
function filesAtStart(entry: string, found = new Set<string>()): Set<string> {
  if (found.has(entry)) return found
  found.add(entry)
  for (const [, path = ''] of readFileSync(entry, 'utf8').matchAll(staticImport)) {
    filesAtStart(resolve(dirname(entry), path), found)
  }
  return found
}

const speaksOfPractice = (file: string) => {
  const text = readFileSync(file, 'utf8')
  return practiceWords.some((words) => text.includes(words))
}

function practiceAtStart(): number {
  const folder = dirname(mainProcess)
  const built = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  if (!built.some((name) => name.endsWith('.js') && speaksOfPractice(join(folder, name)))) {
    throw new Error('The build holds no practice services, or they are not known by these words any more.')
  }
  return [...filesAtStart(application, filesAtStart(mainProcess))].filter(speaksOfPractice).length
}

export const parsedCode: Measure = {
  name: 'parsed-code',
  about: 'JavaScript that a command reads; practice services that the desktop reads at its start',
  async take() {
    const server = await startTokenServer()
    const made = await makeVault({ connections: 5 }, server)
    const host = await startHost(made.folder)
    const env = commandEnvironment(made.folder)
    try {
      const [version, token] = [loadedKilobytes(['--version'], env), loadedKilobytes(['token', 'one'], env)]
      return [
        { label: '--version', unit: 'kB', ours: [version], bound: { most: 100 } },
        { label: 'token NAME through a host', unit: 'kB', ours: [token], bound: { most: 100 } },
        {
          label: 'files with practice services at the desktop’s start',
          unit: '',
          ours: [practiceAtStart()],
          bound: { exactly: 0 },
        },
      ]
    } finally {
      await host.stop()
      made.remove()
      await server.close()
    }
  },
}
