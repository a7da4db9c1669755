// The handler of each grant type.
import type { GrantType } from '../../../contract/service.ts'
import { byAuthorizationCode } from './authorization-code.ts'
import { byClientCredentials } from './client-credentials.ts'
import { byDeviceCode } from './device-code.ts'
import type { GrantHandler } from './grant-handler.ts'
import { byPassword } from './password.ts'
import { byHand } from './static-token.ts'

export const grantHandlers: Record<GrantType, GrantHandler> = {
  authorization_code: byAuthorizationCode,
  client_credentials: byClientCredentials,
  password: byPassword,
  device_code: byDeviceCode,
  static_token: byHand,
}
