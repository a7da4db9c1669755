// `grantdesk proxy`: shows or chooses how services are reached.
import { proxyChoiceWords } from '../../contract/proxy-choice-words.ts'
import type { ProxySettings } from '../../contract/settings.ts'
import { unwrap, wrongUsage } from '../command-error.ts'
import { noteDamaged } from '../damage-notes.ts'
import { plainLine, print, printJson } from '../output.ts'
import type { SecretOptions } from '../secret-input.ts'
import { type Session, snapshotOf, withSession } from '../session.ts'
import { takeArgument, takeSecret } from '../taken-values.ts'

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
      const userName = user === undefined ? '' : takeArgument('username', user, '--user')
      const next: ProxySettings =
        choice === 'automatic' || choice === 'off'
          ? { mode: choice }
          : { mode: 'own', address: takeArgument('address', choice, 'address'), user: userName, notFor: notFor ?? '' }
      const given = user === undefined ? '' : await secrets.credential('password', 'Password for the proxy: ')
      const password = given === '' ? '' : await takeSecret('password', given, 'password for the proxy')
      proxy = unwrap(await door.call('settings.save', { ...settings, proxy: next })).proxy
      unwrap(await door.call('settings.setProxyPassword', { password }))
    }
    if (options.json) return printJson(proxy)
    print(plainLine(proxyChoiceWords(proxy)))
  }
  return withSession(options, work, { makesVault: choice !== undefined })
}
