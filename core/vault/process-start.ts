// When a process began, asked of the system's own tools: for systems that have no /proc to read it from.
import { childProcess } from '../node-modules.ts'

/** What asks for it: prints nothing, or a time that `Date` reads, whatever the person's language and time zone. */
function question(pid: number, platform: NodeJS.Platform): { program: string; args: string[] } {
  if (platform !== 'win32') return { program: '/bin/ps', args: ['-o', 'lstart=', '-p', String(pid)] }
  const command = `(Get-Process -Id ${pid}).StartTime.ToUniversalTime().ToString('yyyy-MM-dd HH:mm:ss')`
  return { program: 'powershell.exe', args: ['-NoProfile', '-NonInteractive', '-Command', command] }
}

/** Milliseconds since the epoch, to the second; `null` where the system does not tell. */
export function processStart(pid: number, platform: NodeJS.Platform = process.platform): number | null {
  const { program, args } = question(pid, platform)
  try {
    const text = childProcess().execFileSync(program, args, {
      env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 5_000,
      windowsHide: true,
    })
    const at = Date.parse(`${text.trim()} UTC`)
    return Number.isNaN(at) ? null : at
  } catch {
    return null
  }
}

/** Which start of macOS this is; `null` elsewhere. */
export function macBoot(): string | null {
  if (process.platform !== 'darwin') return null
  try {
    return childProcess()
      .execFileSync('/usr/sbin/sysctl', ['-n', 'kern.bootsessionuuid'], { encoding: 'utf8', timeout: 5_000 })
      .trim()
  } catch {
    return null
  }
}
