// What a change of the settings changed, for the history. Pure.
import { isDeepStrictEqual } from 'node:util'
import { proxyChoiceWords } from '../contract/proxy-choice-words.ts'
import type { Settings } from '../contract/settings.ts'

export interface KeptSettings extends Settings {
  /** Whether there is a password for the proxy. */
  hasPassword: boolean
}

/** Empty if nothing changed. */
export function settingsChanges(before: KeptSettings, after: KeptSettings): string {
  const changed = (name: 'lock' | 'keep' | 'proxy') => !isDeepStrictEqual(before[name], after[name])
  return [
    ...(changed('lock') ? [lockWords(after.lock)] : []),
    ...(changed('keep') ? [`Keeps ${after.keep.flows} flows and ${after.keep.history} history entries.`] : []),
    ...(changed('proxy') ? [proxyChoiceWords(after.proxy)] : []),
    ...(before.hasPassword && !after.hasPassword ? ['The password of the earlier proxy was removed.'] : []),
  ].join(' ')
}

function lockWords({ afterMinutes, onSleep, onScreenLock }: Settings['lock']): string {
  const idle = afterMinutes === null ? 'never when idle' : `after ${afterMinutes} min without use`
  const events = [...(onSleep ? ['on sleep'] : []), ...(onScreenLock ? ['with the screen'] : [])]
  return `Locks ${[idle, ...events].join(', ')}.`
}
