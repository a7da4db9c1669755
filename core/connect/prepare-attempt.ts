// Prepares an attempt to connect: checks the chosen client and grant before anything is stored, recorded or sent, and starts
// the flow.
import type { ConnectInput } from '../../contract/attempt.ts'
import type { Context } from '../connections/context.ts'
import { answersOf } from '../connections/grant-answers.ts'
import { clientSecretsOf, secretsOf } from '../connections/secrets-of.ts'
import { grantOf } from '../connections/token-source.ts'
import { recordKeptAround } from '../flows/decisions.ts'
import { checkParameters, checkResources } from '../oauth/authorization-request.ts'
import { installationIn } from '../oauth/pasted-installation.ts'
import { invalid } from '../problem.ts'
import { Secret } from '../secret.ts'
import { apiAddress, normaliseBaseUrl, sampleValues } from '../services/addresses.ts'
import { basePartsOf, expandBase } from '../services/endpoint-values.ts'
import type { ConnectIntents } from './connect-intents.ts'
import type { AttemptContext } from './grants/attempt-context.ts'
import { checkToken } from './grants/static-token.ts'
import { loginHintOf } from './login-hint.ts'

/** What an attempt has as soon as it is accepted. */
type Admitted = Pick<AttemptContext, 'id' | 'caller' | 'onTokens' | 'signal'>

/** Both throw `invalid_input` or `not_found`. */
export interface AttemptPreparation {
  /** Checks all that `prepare` checks; stores, records and sends nothing. */
  check(asked: ConnectInput): Promise<void>
  prepare(asked: ConnectInput, admitted: Admitted): Promise<AttemptContext>
}

export function attemptPreparation(context: Context, intents: ConnectIntents): AttemptPreparation {
  const { clock, services, clients, flows } = context

  /** `isNew`: to be stored right away; a changed one is only after it worked, so that a typo does not replace a working one. */
  async function clientFor({ client: asked, place }: ConnectInput) {
    if (!asked) {
      if (!place) throw invalid('client', 'A client is missing.', 'Name one, or the place that a token is for.')
      const { serviceId } = place
      const baseUrl = normaliseBaseUrl(place.baseUrl)
      return { clientId: null, serviceId, baseUrl, client: null }
    }
    if (!('serviceId' in asked)) {
      const record = clients.record(asked.id)
      const { serviceId, baseUrl } = record
      const client = { record, secret: await clients.secret(asked.id) }
      return { clientId: asked.id, serviceId, baseUrl, client }
    }
    const draft = await clients.draft(asked)
    const { record, secret } = draft
    const { serviceId, baseUrl } = record
    return { clientId: draft.id, serviceId, baseUrl, client: { record, secret }, draft }
  }

  /** Rejects what cannot work before anything is stored, recorded or sent. */
  function chosen({ client, place, ...input }: ConnectInput) {
    if (input.reconnect) context.connections.record(input.reconnect)
    const known = client && !('serviceId' in client) ? clients.record(client.id) : (client ?? place)
    const service = services.find(known?.serviceId ?? '')
    const grant = grantOf(service, input.grantId)
    if (input.installation && !grant.installation) throw invalid('installation', 'This grant needs no installation.')
    if (input.installation && grant.installation) installationIn(input.installation, grant.installation.parameter)
    checkParameters({ ...input.parameters, ...input.tokenParameters })
    checkResources(input.resources)
    answersOf(grant, input.answers)
    if (grant.type === 'password' && !(input.username && input.password)) {
      throw invalid('password', 'The user name and the password are missing.')
    }
    if (grant.type === 'static_token') checkToken(input.token, grant, clock.now())
    return { service, grant }
  }

  /** Every secret that may appear in the service's responses. */
  async function secretsToHide(
    reconnect: string | undefined,
    clientId: string | null,
    typed: Secret | null,
  ): Promise<[Secret, string][]> {
    const clientOfReconnected = reconnect ? context.connections.record(reconnect).clientId : null
    const isOther = clientId !== null && clientId !== clientOfReconnected && clients.nameOf(clientId) !== null
    return [
      ...(reconnect ? await secretsOf(context, reconnect) : []),
      // A secret that was just typed is stored only after it worked.
      ...(typed ? [[typed, 'client_secret'] satisfies [Secret, string]] : []),
      ...(isOther ? await clientSecretsOf(clients, clientId) : []),
    ]
  }

  async function checked(asked: ConnectInput) {
    const { service, grant } = chosen(asked)
    const found = await clientFor(asked)
    basePartsOf(service, found.baseUrl)
    if (asked.testPath) apiAddress(asked.testPath, found.baseUrl, service, sampleValues(service))
    return { service, grant, ...found }
  }

  async function prepare(asked: ConnectInput, admitted: Admitted): Promise<AttemptContext> {
    const { id } = admitted
    const { client: _, place: __, username, password, token, ...input } = asked
    const { service, grant, clientId, serviceId, baseUrl, client, draft } = await checked(asked)
    if (draft?.isNew) await draft.keep()
    const page = service.grantsPage ? expandBase(service.grantsPage, baseUrl) : null
    const loginHint = input.reconnect ? await loginHintOf(context.connections, input.reconnect) : null
    const recording = flows.start({
      kind: 'connect',
      about: {
        service: service.name,
        grantsPage: page,
        connection: input.reconnect ? context.connections.nameOf(input.reconnect) : null,
      },
      serviceId,
      connectionId: input.reconnect ?? null,
      hide: await secretsToHide(input.reconnect, clientId, client?.secret ?? null),
    })
    const login = loginOf(username, password)
    recordKeptAround(recording, { client_secret: client?.secret, password: login?.password })
    const place = { serviceId, service: service.name, clientId, connectionId: input.reconnect ?? null, page }
    return {
      ...{ ...admitted, input, service, grant, baseUrl, recording, alongWith: intents.removal(id, draft?.alongWith) },
      writeIntent: () => intents.write(id, { ...place, flowId: recording.id }),
      tokenPlace: input.reconnect ? context.connections.record(input.reconnect).tokenPlace : null,
      client: grant.type === 'static_token' ? null : client,
      login,
      loginHint,
      token: token ? { ...token, value: new Secret(token.value) } : null,
      common: { id, serviceId, clientId, flowId: recording.id, startedAt: clock.now() },
    }
  }

  return {
    prepare,
    async check(asked) {
      await checked(asked)
    },
  }
}

/** The person's user name and password, where both were entered. */
function loginOf(username: string | undefined, password: string | undefined): AttemptContext['login'] {
  return username && password ? { username, password: new Secret(password) } : null
}
