// Pending device authorization requests: which code belongs to which client, and whether the person allowed it.
// @see RFC 8628
import { randomBytes, randomInt } from 'node:crypto'
import type { Quirks } from './quirks.ts'

export const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code'

/** Seconds. */
const LIFETIME = 600
const SHORT_LIFETIME = 3
const INTERVAL = 1
const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ'

interface Request {
  deviceCode: string
  userCode: string
  clientId: string
  scope: string
  /** Epoch milliseconds. */
  endsAt: number
  asked: number
  decision: { login: string } | 'denied' | null
}

export interface DeviceCodes {
  begin(clientId: string, scope: string): { deviceCode: string; userCode: string; lifetime: number; interval?: number }
  /** The request that a user code belongs to, while it can still be entered. */
  find(userCode: string): { clientId: string; scope: string } | undefined
  decide(userCode: string, decision: { login: string } | 'denied'): void
  /** Who allowed it (answered once), or the RFC 8628 error code. */
  ask(deviceCode: string, clientId: string): { login: string; scope: string } | string
}

function userCode(): string {
  const letters = () => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join('')
  return `${letters()}-${letters()}`
}

export function createDeviceCodes(quirks: Quirks): DeviceCodes {
  const requests = new Map<string, Request>()
  const waiting = (code: string) =>
    [...requests.values()].find(
      (one) => one.userCode === code.trim().toUpperCase() && one.decision === null && one.endsAt > Date.now(),
    )
  return {
    begin(clientId, scope) {
      const lifetime = quirks.isOn('device-expires-soon') ? SHORT_LIFETIME : LIFETIME
      const codes = { deviceCode: randomBytes(24).toString('base64url'), userCode: userCode() }
      const endsAt = Date.now() + lifetime * 1000
      requests.set(codes.deviceCode, { ...codes, clientId, scope, endsAt, asked: 0, decision: null })
      return { ...codes, lifetime, ...(quirks.isOn('device-no-interval') ? {} : { interval: INTERVAL }) }
    },
    find: waiting,
    decide(code, decision) {
      const found = waiting(code)
      if (found) found.decision = decision
    },
    ask(deviceCode, clientId) {
      const found = requests.get(deviceCode)
      if (!found || found.clientId !== clientId) return 'invalid_grant'
      found.asked += 1
      if (found.endsAt <= Date.now()) return 'expired_token'
      if (found.asked === 1 && quirks.isOn('device-slow-down')) return 'slow_down'
      if (found.decision === null) return 'authorization_pending'
      requests.delete(deviceCode)
      return found.decision === 'denied' ? 'access_denied' : { login: found.decision.login, scope: found.scope }
    },
  }
}
