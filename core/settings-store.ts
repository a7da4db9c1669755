// The person's settings, stored in the vault. Uses the defaults if there are none, or if their record is damaged, which must
// not keep the vault from opening.
import { type Settings, usualSettings } from '../contract/settings.ts'
import { ifDamaged } from './problem.ts'
import type { Records } from './records.ts'

export interface SettingsStore {
  load(): Promise<void>
  forget(): void
  current(): Settings
  /** On disk when it returns. */
  save(settings: Settings): Promise<Settings>
}

/** The id of the only settings record. */
const id = 'all'

export function createSettingsStore(records: Records, onChange: (settings: Settings) => void): SettingsStore {
  let settings = usualSettings
  return {
    async load() {
      settings = (await records.read('settings', id).catch(ifDamaged)) ?? usualSettings
    },
    forget() {
      settings = usualSettings
    },
    current: () => settings,
    async save(next) {
      await records.write([{ put: 'settings', id, value: next }])
      settings = next
      onChange(settings)
      return settings
    },
  }
}
