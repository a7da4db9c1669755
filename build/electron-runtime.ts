// Where Electron's runtime is, without starting a download by looking: requiring the package would.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const packageFolder = dirname(createRequire(import.meta.url).resolve('electron/package.json'))

/** The runtime's executable, given by ELECTRON_OVERRIDE_DIST_PATH or downloaded earlier; `null` where there is none. */
export function findElectronRuntime(environment: NodeJS.ProcessEnv = process.env): string | null {
  const pathFile = join(packageFolder, 'path.txt')
  const executable = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : 'electron'
  const given = environment.ELECTRON_OVERRIDE_DIST_PATH
  const path = given ? join(given, executable) : join(packageFolder, 'dist', executable)
  return existsSync(path) ? path : null
}

/** Lets the electron package download its runtime, for at most `timeout` ms; `null` when that fails. */
export async function downloadElectronRuntime(timeout: number): Promise<string | null> {
  const child = spawn(process.execPath, [join(packageFolder, 'install.js')], { stdio: 'ignore', timeout })
  await new Promise((resolve) => {
    child.once('close', resolve)
    child.once('error', resolve)
  })
  return findElectronRuntime()
}
