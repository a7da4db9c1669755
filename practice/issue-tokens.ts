// Issues tokens for grants that the engine does not support itself.
/// <reference path="./oidc-provider.d.ts" />
import type { Context, Provider } from 'oidc-provider'

interface Allowed {
  login: string
  scope: string
  grantType: string
}

/** Answers a token request with an access token and a refresh token for an account. */
export async function issueTokens(provider: Provider, ctx: Context, { login, scope, grantType }: Allowed) {
  const { client } = ctx.oidc
  const grant = new provider.Grant({ accountId: login, clientId: client.clientId })
  grant.addOIDCScope(scope)
  const grantId = await grant.save()
  const properties = { accountId: login, client, expiresWithSession: false, grantId, gty: grantType, scope }
  const accessToken = new provider.AccessToken(properties)
  const access_token = await accessToken.save()
  const refresh_token = await new provider.RefreshToken(properties).save()
  ctx.body = { access_token, token_type: 'Bearer', expires_in: accessToken.expiration, refresh_token, scope }
}
