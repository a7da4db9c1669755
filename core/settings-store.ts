// The person's settings, stored in the vault. Uses the defaults if there are none, or if their record is damaged, which must
// not keep the vault from opening; nothing is saved over a damaged one, which may still be recovered.
import { type ProxySettings, type Settings, usualSettings } from '../contract/settings.ts'
import { ifDamaged, unlessDamaged } from './problem.ts'
import type { Records } from './records.ts'
import type { Secret } from './secret.ts'
import type { Vault } from './vault/vault.ts'

export interface SettingsStore {
  load(): Promise<void>
  forget(): void
  current(): Settings
  /** On disk when it returns. Throws `vault_broken` while the stored ones are damaged. */
  save(settings: Settings): Promise<Settings>
  proxyPassword(): Promise<Secret | null>
  /** `null` removes it. */
  setProxyPassword(password: Secret | null): Promise<void>
}

/** The id of the only record of its kind. */
const id = 'all'

function sameProxy(one: ProxySettings, other: ProxySettings): boolean {
  return one.mode === 'own' && other.mode === 'own' && one.address === other.address && one.user === other.user
}

export function createSettingsStore(
  records: Records,
  damageOf: Vault['damageOf'],
  onChange: (settings: Settings) => void,
): SettingsStore {
  let settings = usualSettings
  return {
    async load() {
      settings = (await records.read('settings', id).catch(ifDamaged)) ?? usualSettings
    },
    forget() {
      settings = usualSettings
    },
    current: () => settings,
    proxyPassword: async () => (await records.read('proxy_password', id))?.password ?? null,
    async setProxyPassword(password) {
      const change = password
        ? ({ put: 'proxy_password', id, value: { password } } as const)
        : ({ remove: 'proxy_password', id } as const)
      await records.write([change])
    },
    async save(next) {
      unlessDamaged(damageOf('settings', id))
      // The password of one proxy is never sent to another.
      const drops = sameProxy(settings.proxy, next.proxy) ? [] : [{ remove: 'proxy_password' as const, id }]
      await records.write([{ put: 'settings', id, value: next }, ...drops])
      settings = next
      onChange(settings)
      return settings
    },
  }
}
