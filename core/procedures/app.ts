// Procedures of the application as a whole: the snapshot, its settings, links and the practice services.
import { checkLink } from '../loopback.ts'
import { Secret } from '../secret.ts'
import type { Parts, ProceduresOf } from './parts.ts'

export function appProcedures({
  snapshot,
  settings,
  browser,
  practice,
}: Parts): ProceduresOf<'app' | 'settings' | 'links' | 'practice'> {
  return {
    'app.snapshot': async () => snapshot(),
    'app.used': async () => ({}),
    'settings.save': (input) => settings.save(input),
    'settings.setProxyPassword': async ({ password }) => {
      await settings.setProxyPassword(password === '' ? null : new Secret(password))
      return {}
    },
    'links.open': async ({ url }) => {
      await browser.open(checkLink(url))
      return {}
    },
    'practice.start': () => practice.start(),
    'practice.stop': () => practice.stop(),
  }
}
