// What the keyring library does not tell about Linux's Secret Service: its provider, and whether it is locked. Asks the session
// bus with dbus-send; without that, both are unknown. Handles no secrets.
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'

/** By the first 15 characters of the program's name, which is all that the kernel keeps. */
const providers: [RegExp, string][] = [
  [/^gnome-keyring/, 'GNOME Keyring'],
  [/^(kwalletd|ksecretd)/, 'KDE Wallet'],
  [/^keepassxc/, 'KeePassXC'],
]

/** `GNOME Keyring (Secret Service)`, or `Secret Service` if the provider is unknown. */
export async function secretServiceName(): Promise<string> {
  const answer = await ask(
    'org.freedesktop.DBus',
    '/org/freedesktop/DBus',
    'org.freedesktop.DBus.GetConnectionUnixProcessID',
    'string:org.freedesktop.secrets',
  )
  const pid = /uint32 (\d+)/.exec(answer ?? '')?.[1]
  const program = pid === undefined ? '' : nameOf(pid)
  const provider = providers.find(([pattern]) => pattern.test(program))?.[1]
  return provider === undefined ? 'Secret Service' : `${provider} (Secret Service)`
}

/** Empty if the system does not tell. */
function nameOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8')
  } catch {
    return ''
  }
}

/** Whether the default keyring is locked; `null` if unknown. */
export async function secretServiceLocked(): Promise<boolean | null> {
  const answer = await ask(
    'org.freedesktop.secrets',
    '/org/freedesktop/secrets/aliases/default',
    'org.freedesktop.DBus.Properties.Get',
    'string:org.freedesktop.Secret.Collection',
    'string:Locked',
  )
  const word = /boolean (true|false)/.exec(answer ?? '')?.[1]
  return word === undefined ? null : word === 'true'
}

async function ask(destination: string, path: string, member: string, ...parts: string[]): Promise<string | null> {
  const question = ['--session', '--print-reply=literal', '--reply-timeout=2000', `--dest=${destination}`, path, member]
  const { execFile } = await import('node:child_process')
  return promisify(execFile)('dbus-send', [...question, ...parts], { timeout: 3_000 }).then(
    ({ stdout }) => stdout,
    () => null,
  )
}
