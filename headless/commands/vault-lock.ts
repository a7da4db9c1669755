// `grantdesk vault lock` locks the running host's vault, and never claims success if that host does not answer.
// `grantdesk vault auto-lock` shows or changes when it locks automatically.
import type { LockSettings } from '../../contract/settings.ts'
import { unwrap } from '../command-error.ts'
import { connectToHolder } from '../connect-to-host.ts'
import { noteDamaged } from '../damage-notes.ts'
import { note, print, printJson } from '../output.ts'
import type { SecretOptions } from '../secret-input.ts'
import { ownFolder, snapshotOf, withSession } from '../session.ts'

/** Locks the running host's vault for everyone; returns once its keys are deleted from memory. */
export async function lockVault(): Promise<void> {
  const remote = await connectToHolder(ownFolder())
  if (!remote) {
    note('No Grantdesk runs on this vault, so none has it open: there is nothing to lock.')
    return
  }
  try {
    const status = unwrap(await remote.call('vault.lock', {}))
    print(status.state === 'locked' ? 'The vault is locked.' : 'The vault was not open.')
  } finally {
    remote.close()
  }
}

/** Sets `minutes` without use if given (`null` for never), then shows when it locks automatically. */
export function autoLock(minutes: number | null | undefined, options: SecretOptions & { json?: boolean }) {
  return withSession(options, async ({ door }) => {
    const { settings, damaged } = await snapshotOf(door)
    noteDamaged(damaged, ['settings'])
    const { lock } =
      minutes === undefined
        ? settings
        : unwrap(await door.call('settings.save', { ...settings, lock: { ...settings.lock, afterMinutes: minutes } }))
    if (options.json) return printJson(lock)
    for (const line of words(lock)) print(line)
  })
}

function words({ afterMinutes, onSleep, onScreenLock }: LockSettings): string[] {
  const idle = afterMinutes === null ? 'never' : `after ${timeWords(afterMinutes)}`
  const also = [onSleep && 'when the computer goes to sleep', onScreenLock && 'when its screen is locked']
  const away = also.filter(Boolean).join(', and ')
  return [`Without use it locks ${idle}.`, ...(away ? [`The desktop app locks it also ${away}.`] : [])]
}

function timeWords(minutes: number): string {
  const [count, unit] = minutes % 60 === 0 ? [minutes / 60, 'hour'] : [minutes, 'minute']
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}
