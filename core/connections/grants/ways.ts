// Every grant type with the way in which it obtains tokens.
import type { GrantType } from '../../../contract/service.ts'
import { byAuthorizationCode } from './authorization-code.ts'
import { byClientCredentials } from './client-credentials.ts'
import { byDeviceCode } from './device-code.ts'
import { byPassword } from './password.ts'
import { byHand } from './static-token.ts'
import type { Way } from './way.ts'

export const ways: Record<GrantType, Way> = {
  authorization_code: byAuthorizationCode,
  client_credentials: byClientCredentials,
  password: byPassword,
  device_code: byDeviceCode,
  static_token: byHand,
}
