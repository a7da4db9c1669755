// The password grant, which oidc-provider leaves out on purpose; added for services that still offer it.
/// <reference path="./oidc-provider.d.ts" />
import { errors, type Provider } from 'oidc-provider'
import { issueTokens } from './issue-tokens.ts'
import type { PracticeAccount } from './profile.ts'
import { ANY_SCOPE } from './provider-configuration.ts'

/**
 * Registers the grant type with the provider.
 * @see RFC 6749 §4.3
 */
export function addPasswordGrant(provider: Provider, accounts: PracticeAccount[]): void {
  provider.registerGrantType(
    'password',
    async (ctx) => {
      const { username, password } = ctx.oidc.params
      const account = accounts.find((one) => one.login === username && one.password === password)
      if (!account) throw new errors.InvalidGrant('the user name or password is wrong')
      await issueTokens(provider, ctx, { login: account.login, scope: ANY_SCOPE, grantType: 'password' })
    },
    ['username', 'password', 'scope'],
  )
}
