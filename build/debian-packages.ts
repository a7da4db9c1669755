// Installs Debian packages that tests need, where that is possible; says so where it is not.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

function run(command: string, args: string[]): boolean {
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return spawnSync(command, args, { stdio: 'ignore', env: environment, timeout: 10 * 60_000 }).status === 0
}

function isInstalled(name: string): boolean {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query fills it in
  const { status, stdout } = spawnSync('dpkg-query', ['--show', '--showformat=${Status}', name], { encoding: 'utf8' })
  return status === 0 && stdout === 'install ok installed'
}

let listsAreFresh = false

/**
 * Whether the packages are there now. Installs what is missing, which takes root on a Debian-like system.
 * `GRANTDESK_TEST_INSTALL=no` forbids it.
 */
export function ensureDebianPackages(names: string[]): boolean {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/dpkg-query')) return false
  const missing = names.filter((name) => !isInstalled(name))
  if (missing.length === 0) return true
  if (process.getuid?.() !== 0 || process.env.GRANTDESK_TEST_INSTALL === 'no') return false
  process.stdout.write(`installing ${missing.join(', ')} …\n`)
  if (!listsAreFresh) listsAreFresh = run('apt-get', ['update', '-qq'])
  const wait = ['-o', 'DPkg::Lock::Timeout=300']
  return run('apt-get', [...wait, 'install', '-y', '-qq', '--no-install-recommends', ...missing])
}
