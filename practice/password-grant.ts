// The password grant, which oidc-provider leaves out on purpose: only services that still offer it have it here.
/// <reference path="./oidc-provider.d.ts" />
import { errors, type Provider } from 'oidc-provider'
import type { PracticeAccount } from './profile.ts'
import { ANY_SCOPE } from './provider-configuration.ts'

/**
 * Teaches the provider the grant for these accounts.
 * @see RFC 6749 §4.3
 */
export function addPasswordGrant(provider: Provider, accounts: PracticeAccount[]): void {
  provider.registerGrantType(
    'password',
    async (ctx) => {
      const { username, password } = ctx.oidc.params
      const account = accounts.find((one) => one.login === username && one.password === password)
      if (!account) throw new errors.InvalidGrant('the user name or password is wrong')
      const { client } = ctx.oidc
      const grant = new provider.Grant({ accountId: account.login, clientId: client.clientId })
      grant.addOIDCScope(ANY_SCOPE)
      const grantId = await grant.save()
      const properties = {
        accountId: account.login,
        client,
        expiresWithSession: false,
        grantId,
        gty: 'password',
        scope: ANY_SCOPE,
      }
      const accessToken = new provider.AccessToken(properties)
      const access_token = await accessToken.save()
      const refresh_token = await new provider.RefreshToken(properties).save()
      ctx.body = { access_token, token_type: 'Bearer', expires_in: accessToken.expiration, refresh_token }
    },
    ['username', 'password', 'scope'],
  )
}
