// What tests of OpenID Connect begin with: a provider that tells the truth at the beginning of each, and an application in
// front of it.
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { type OpenidServer, startOpenidServer } from './openid-server.ts'
import { openTestApp, type TestApp } from './test-app.ts'

export let provider: OpenidServer
export let grantdesk: TestApp

/** For all tests of a file. */
export function openOpenidSetup(): void {
  beforeAll(async () => {
    provider = await startOpenidServer()
  })
  afterAll(() => provider.close())
  beforeEach(async () => {
    provider.lies = {}
    provider.server.requests.length = 0
    provider.api.requests.length = 0
    grantdesk = await openTestApp()
    // The provider's clock: its ID tokens would be of the future.
    grantdesk.ports.time.now = Date.now()
  })
  afterEach(() => grantdesk.close())
}

export const connectionViews = async () => (await grantdesk.call('app.snapshot', {})).connections
