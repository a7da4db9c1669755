// Installs Python packages that tests need, at the exact versions of a requirements file, into a cache of the person's own,
// where that is possible; nothing of the system's Python changes.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { ensureDebianPackages } from './debian-packages.ts'

/** The interpreter that packages are installed for. */
export const python = '/usr/bin/python3'

/** A folder for each list of packages and each Python: some packages are compiled for one alone. */
function folderFor(requirements: string): string {
  const { stdout } = spawnSync(python, ['--version'], { encoding: 'utf8' })
  const hash = createHash('sha256').update(stdout).update(readFileSync(requirements))
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache')
  return join(cache, 'grantdesk-tests', `python-${hash.digest('hex').slice(0, 16)}`)
}

/**
 * The folder that holds the packages, for PYTHONPATH; `null` if they are missing and cannot be installed.
 * `GRANTDESK_TEST_INSTALL=no` forbids it.
 */
export function ensurePythonPackages(requirements: string): string | null {
  if (!existsSync(python)) return null
  const folder = folderFor(requirements)
  if (existsSync(folder)) return folder
  if (process.env.GRANTDESK_TEST_INSTALL === 'no' || !ensureDebianPackages(['python3-pip'])) return null
  process.stdout.write(`installing ${requirements} …\n`)
  mkdirSync(dirname(folder), { recursive: true })
  const unfinished = mkdtempSync(`${folder}-`)
  try {
    const args = ['-m', 'pip', 'install', '--quiet', '--no-deps', '--target', unfinished, '-r', requirements]
    if (spawnSync(python, args, { stdio: 'ignore', timeout: 10 * 60_000 }).status !== 0) return null
    // Another file of tests may have installed the same meanwhile.
    if (!existsSync(folder)) renameSync(unfinished, folder)
    return folder
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
}
