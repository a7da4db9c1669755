// Procedures of the application as a whole: the snapshot, its settings, links and the practice services.
import { lessons } from '../../contract/lessons.ts'
import { checkLink } from '../loopback.ts'
import { ifDamaged } from '../problem.ts'
import { Secret } from '../secret.ts'
import { type KeptSettings, settingsChanges } from '../settings-changes.ts'
import type { SettingsStore } from '../settings-store.ts'
import type { Parts, ProceduresOf } from './parts.ts'

export function appProcedures({
  snapshot,
  settings,
  history,
  browser,
  practice,
}: Parts): ProceduresOf<'app' | 'settings' | 'links' | 'practice'> {
  return {
    'app.snapshot': async () => snapshot(),
    'app.used': async () => ({}),
    'settings.save': async (input, caller) => {
      const before = await keptNow(settings)
      const saved = await settings.save(input)
      const detail = settingsChanges(before, await keptNow(settings))
      if (detail !== '') await history.note(null, { caller, operation: 'settings', detail })
      return saved
    },
    'settings.setProxyPassword': async ({ password }, caller) => {
      const { hasPassword } = await keptNow(settings)
      await settings.setProxyPassword(password === '' ? null : new Secret(password))
      const detail = `Password of the proxy ${password === '' ? 'removed' : hasPassword ? 'changed' : 'added'}`
      if (password !== '' || hasPassword) await history.note(null, { caller, operation: 'settings', detail })
      return {}
    },
    'links.open': async ({ url }) => {
      await browser.open(checkLink(url))
      return {}
    },
    'practice.start': () => practice.start(),
    'practice.stop': () => practice.stop(),
    'practice.break': ({ lesson }) => practice.breakFor(lessons.find(({ id }) => id === lesson) ?? null),
  }
}

async function keptNow({ current, proxyPassword }: SettingsStore): Promise<KeptSettings> {
  return { ...current(), hasPassword: !!(await proxyPassword().catch(ifDamaged)) }
}
