// Which program the system starts for an app's own scheme: how that is asked, set and taken back on each system. Never takes a
// scheme that another program opens.
import type { App } from 'electron'
import { type Launch, ownedBy, type SchemeRegistration } from './app-addresses.ts'
import { linuxSchemes } from './linux-schemes.ts'

/** The calls of Electron that are needed. */
export type ProtocolClients = Pick<
  App,
  | 'getApplicationNameForProtocol'
  | 'isDefaultProtocolClient'
  | 'setAsDefaultProtocolClient'
  | 'removeAsDefaultProtocolClient'
>

export function schemeRegistration(
  clients: ProtocolClients,
  launch: Launch,
  { platform, env }: Pick<NodeJS.Process, 'platform' | 'env'>,
): SchemeRegistration {
  if (platform === 'linux') return linuxSchemes(launch, env)
  return platform === 'win32' ? windowsSchemes(clients, launch) : declaredSchemes(clients)
}

function windowsSchemes(clients: ProtocolClients, { program, parameters, home }: Launch): SchemeRegistration {
  return {
    async register(scheme) {
      if (home !== undefined)
        return 'Windows would start Grantdesk for them without the vault that GRANTDESK_HOME names.'
      const owner = clients.getApplicationNameForProtocol(`${scheme}://`)
      if (owner !== '') return ownedBy(owner)
      const isSet = clients.setAsDefaultProtocolClient(scheme, program, parameters)
      return isSet ? null : 'Windows did not let Grantdesk take these addresses.'
    },
    async release(scheme) {
      clients.removeAsDefaultProtocolClient(scheme, program, parameters)
    },
  }
}

/** macOS hands an app only the schemes that stand in its Info.plist, for good. */
function declaredSchemes(clients: ProtocolClients): SchemeRegistration {
  return {
    async register(scheme) {
      if (clients.isDefaultProtocolClient(scheme)) return null
      const owner = clients.getApplicationNameForProtocol(`${scheme}://`)
      return owner === '' ? 'macOS hands an app only addresses that it was built for.' : ownedBy(owner)
    },
    release: async () => undefined,
  }
}
