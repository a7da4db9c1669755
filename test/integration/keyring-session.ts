// A session bus of its own with the real gnome-keyring on it, or without one: what a Linux desktop gives a program that
// keeps a secret. Everything lies in a folder of its own; the keyring of the person who runs the tests is never reached.
import { execFile, execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

export type KeyringState =
  /** The person has logged in. */
  | 'unlocked'
  /** The keyring is there and wants its password, and nobody answers the prompt. */
  | 'locked'
  /** A bus, and nothing on it that keeps secrets. */
  | 'absent'
  | 'no bus'

export interface KeyringSession {
  /** Runs a program of ours with the keyring in that state, and gives what it printed. */
  run(state: KeyringState, program: string, ...parts: string[]): Promise<string>
  remove(): void
}

/** Whether this machine has what it takes. */
export function secretServiceInstalled(): boolean {
  if (process.platform !== 'linux') return false
  try {
    execFileSync('sh', ['-c', 'command -v gnome-keyring-daemon && command -v dbus-run-session && command -v dbus-send'])
    return true
  } catch {
    return false
  }
}

const starts = {
  unlocked: 'printf pw | gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null 2>&1',
  locked: 'gnome-keyring-daemon --start --components=secrets >/dev/null 2>&1',
  absent: 'true',
}

/** No service folders: nothing is started on demand. */
const bareBus = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>`

export function keyringSession(): KeyringSession {
  const home = mkdtempSync(join(tmpdir(), 'grantdesk-keyring-'))
  const config = join(home, 'bare-bus.conf')
  writeFileSync(config, bareBus)
  for (const name of ['run', 'data']) mkdirSync(join(home, name), { mode: 0o700 })

  // Without DISPLAY no prompt can appear on the screen of the person who runs the tests.
  const { DISPLAY, WAYLAND_DISPLAY, DBUS_SESSION_BUS_ADDRESS, ...rest } = process.env
  const env = { ...rest, HOME: home, XDG_DATA_HOME: join(home, 'data'), XDG_RUNTIME_DIR: join(home, 'run') }

  return {
    async run(state, program, ...parts) {
      const command = [process.execPath, program, ...parts]
      const [file = '', ...args] =
        state === 'no bus'
          ? command
          : [
              'dbus-run-session',
              ...(state === 'absent' ? [`--config-file=${config}`] : []),
              ...['--', 'sh', '-c', `${starts[state]}; exec "$@"`, 'sh', ...command],
            ]
      const { stdout } = await promisify(execFile)(file, args, { env, timeout: 180_000 })
      return stdout
    },
    remove: () => rmSync(home, { recursive: true, force: true }),
  }
}
