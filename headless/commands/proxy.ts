// `grantdesk proxy`: shows or chooses how services are reached.
import type { ProxySettings } from '../../contract/settings.ts'
import { unwrap, wrongUsage } from '../command-error.ts'
import { noteDamaged } from '../damage-notes.ts'
import { plainLine, print, printJson } from '../output.ts'
import type { SecretOptions } from '../secret-input.ts'
import { type Session, snapshotOf, withSession } from '../session.ts'

interface ProxyOptions extends SecretOptions {
  user?: string
  notFor?: string
  json?: boolean
}

/** Shows it, after what is given was chosen: `automatic`, `off` or an address. */
export function chooseProxy(choice: string | undefined, options: ProxyOptions): Promise<void> {
  const { user, notFor } = options
  const isOwn = choice !== undefined && choice !== 'automatic' && choice !== 'off'
  if (!isOwn && (user !== undefined || notFor !== undefined)) {
    throw wrongUsage('--user and --not-for go with the address of a proxy.')
  }
  const work = async ({ door, secrets }: Session) => {
    const { settings, damaged } = await snapshotOf(door)
    noteDamaged(damaged, ['settings', 'proxy_password'])
    let { proxy } = settings
    if (choice !== undefined) {
      const next: ProxySettings =
        choice === 'automatic' || choice === 'off'
          ? { mode: choice }
          : { mode: 'own', address: choice, user: user ?? '', notFor: notFor ?? '' }
      const password = user === undefined ? '' : await secrets.credential('password', 'Password for the proxy: ')
      proxy = unwrap(await door.call('settings.save', { ...settings, proxy: next })).proxy
      unwrap(await door.call('settings.setProxyPassword', { password }))
    }
    if (options.json) return printJson(proxy)
    print(proxyLine(proxy))
  }
  return withSession(options, work, { makesVault: choice !== undefined })
}

function proxyLine(proxy: ProxySettings): string {
  if (proxy.mode === 'automatic') return 'Proxy: as the environment says (HTTPS_PROXY, NO_PROXY), else the system.'
  if (proxy.mode === 'off') return 'Proxy: none.'
  const user = proxy.user === '' ? '' : `, signing in as ${plainLine(proxy.user)}`
  const notFor = proxy.notFor === '' ? '' : `, not for ${plainLine(proxy.notFor)}`
  return `Proxy: ${plainLine(proxy.address)}${user}${notFor}.`
}
