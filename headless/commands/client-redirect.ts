// `grantdesk clients redirect`: shows the redirect URI of a client and how its answers come back, or stores another one.
import type { ClientView } from '../../contract/client.ts'
import { forwardingRules } from '../../contract/forwarding.ts'
import { listeningPlaceOf, redirectChoiceOf, takesAnyPort } from '../../contract/redirect-uri.ts'
import { redirectWords } from '../../contract/redirect-words.ts'
import { CommandError, unwrap, wrongUsage } from '../command-error.ts'
import { findClient } from '../find-client.ts'
import { plainLine, print, printJson } from '../output.ts'
import { checkedRedirectUri } from '../redirect-choice.ts'
import type { SecretOptions } from '../secret-input.ts'
import { snapshotOf, withSession } from '../session.ts'

interface Options extends SecretOptions {
  anyPort?: boolean
  json?: boolean
}

export function clientRedirect(name: string, uri: string | undefined, options: Options): Promise<void> {
  return withSession(options, async ({ door }) => {
    const { clients, services, damaged } = await snapshotOf(door)
    const found = findClient(clients, name, damaged)
    const service = services.find(({ id }) => id === found.serviceId)
    if (!service) throw new CommandError('The service of this client is no longer known.')
    const typed = uri === undefined ? undefined : checkedRedirectUri(uri, 'redirect URI')
    const wanted = typed ?? (options.anyPort ? found.redirectUri : undefined)
    if (wanted !== undefined && options.anyPort && listeningPlaceOf(wanted) === null) {
      throw wrongUsage('--any-port is for an http address on this machine.')
    }
    const anyPort = options.anyPort ?? takesAnyPort(wanted ?? '', service.redirect.anyPort)
    const client =
      wanted === undefined
        ? found
        : unwrap(await door.call('clients.save', { ...inputOf(found), redirect: redirectChoiceOf(wanted, anyPort) }))
    if (options.json) return printJson(jsonOf(client))
    print(client.redirectUri)
    print(redirectWords(service, jsonOf(client)))
    for (const { name: server, text } of forwardingRules(client.redirectUri)) print(`${server}:  ${plainLine(text)}`)
  })
}

/** Without the secret, which stays as it is. */
function inputOf({ id, name, serviceId, baseUrl, clientId, clientAuthentication }: ClientView) {
  return { id, name, serviceId, baseUrl, clientId, clientAuthentication }
}

function jsonOf({ id, redirectUri, redirect }: ClientView) {
  return { id, redirectUri, anyPort: redirect.mode === 'ephemeral', forwarding: forwardingRules(redirectUri) }
}
