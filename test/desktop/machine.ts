// A Linux desktop for one test: a screen, a session bus, a gnome-keyring that can be open, locked or absent, a home.
// Everything lies in a folder of its own; nothing of the person who runs the tests is reached.
import { type ChildProcess, execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { endProgram, firstLine, startProgram, until } from '../support/child.ts'
import { fakeBrowser } from '../support/system-browser.ts'

const password = 'the login password'

/** No service folders, so that nothing starts on demand: an absent keyring stays absent. */
const busConfig = (socket: string) => `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path=${socket}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>`

export type Keyring = 'open' | 'locked' | 'none'

export interface Machine {
  env: NodeJS.ProcessEnv
  /** The vault's folder. */
  vault: string
  /** Where the system's browser, which is a script, writes the addresses it is asked to open. */
  opened: string
  /** Replaces the keyring, as a new login would. */
  setKeyring(keyring: Keyring): Promise<void>
  /** What typing the login password into the keyring's prompt does. */
  unlockKeyring(): Promise<void>
  close(): Promise<void>
}

export async function startMachine(keyring: Keyring): Promise<Machine> {
  const home = mkdtempSync(join(tmpdir(), 'grantdesk-desktop-'))
  const folder = (name: string): string => {
    mkdirSync(join(home, name), { mode: 0o700 })
    return join(home, name)
  }
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...rest } = process.env
  const runtime = folder('run')
  const socket = join(runtime, 'bus')
  const vault = join(home, 'vault')
  const browser = fakeBrowser(folder('bin'))
  const env: NodeJS.ProcessEnv = {
    ...rest,
    HOME: home,
    XDG_RUNTIME_DIR: runtime,
    XDG_DATA_HOME: folder('data'),
    XDG_CONFIG_HOME: folder('config'),
    XDG_CACHE_HOME: folder('cache'),
    DBUS_SESSION_BUS_ADDRESS: `unix:path=${socket}`,
    PATH: `${browser.folder}:${rest.PATH}`,
    BROWSER: join(browser.folder, 'xdg-open'),
    GRANTDESK_HOME: vault,
  }

  const configFile = join(home, 'bus.conf')
  writeFileSync(configFile, busConfig(socket))
  const bus = startProgram('dbus-daemon', ['--nofork', `--config-file=${configFile}`, '--print-address=1'], env)
  await firstLine(bus.stdout as Readable)
  const screen = startProgram('Xvfb', ['-displayfd', '3', '-screen', '0', '1440x900x24', '-nolisten', 'tcp'], env, true)
  env.DISPLAY = `:${await firstLine(screen.stdio[3] as Readable)}`

  let daemon: ChildProcess | null = null

  async function setKeyring(next: Keyring): Promise<void> {
    if (daemon) await endProgram(daemon)
    daemon = null
    delete env.XDG_CURRENT_DESKTOP
    if (next === 'none') return
    // By this Electron chooses libsecret.
    env.XDG_CURRENT_DESKTOP = 'GNOME'
    const how = next === 'open' ? '--unlock' : '--start'
    daemon = startProgram('gnome-keyring-daemon', [how, '--components=secrets', '--foreground'], env)
    daemon.stdin?.end(next === 'open' ? password : '')
    await until(() => keyringLocked(env) === (next === 'locked'), `the keyring is ${next}`)
  }

  // A keyring has to have been open once to be there at all.
  if (keyring === 'locked') await setKeyring('open')
  await setKeyring(keyring)
  return {
    env,
    vault,
    opened: browser.opened,
    setKeyring,
    unlockKeyring: () => unlock(join(runtime, 'keyring', 'control')),
    async close() {
      for (const program of [daemon, screen, bus]) if (program) await endProgram(program)
      rmSync(home, { recursive: true, force: true })
    },
  }
}

/** Whether the keyring is locked; `null` while nobody answers. */
function keyringLocked(env: NodeJS.ProcessEnv): boolean | null {
  const place = ['--dest=org.freedesktop.secrets', '/org/freedesktop/secrets/aliases/default']
  const question = ['org.freedesktop.DBus.Properties.Get', 'string:org.freedesktop.Secret.Collection', 'string:Locked']
  try {
    const parts = ['--session', '--print-reply=literal', ...place, ...question]
    return execFileSync('dbus-send', parts, { env, stdio: ['ignore', 'pipe', 'ignore'] }).includes('true')
  } catch {
    return null
  }
}

/** Speaks gnome-keyring's control protocol, as the login screen does: an empty byte, then length, operation, password. */
function unlock(control: string): Promise<void> {
  const secret = Buffer.from(password)
  const packet = Buffer.alloc(13)
  packet.writeUInt32BE(12 + secret.length, 1)
  packet.writeUInt32BE(1, 5)
  packet.writeUInt32BE(secret.length, 9)
  return new Promise((resolve, reject) => {
    const socket = connect(control)
    socket.once('error', reject)
    socket.once('data', (answer) => {
      socket.end()
      if (answer.readUInt32BE(4) === 0) resolve()
      else reject(new Error('The keyring refused the password.'))
    })
    socket.write(Buffer.concat([packet, secret]))
  })
}
