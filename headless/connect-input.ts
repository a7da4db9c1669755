// Turns the options of `grantdesk connect` into the input of an attempt, with defaults for missing options: a stored client, the
// service's own address, grant and scopes.
import type { AccountDecision, ConnectInput } from '../contract/attempt.ts'
import type { Snapshot } from '../contract/change.ts'
import { type ClientInput, type ClientView, methodFor, usingMethod } from '../contract/client.ts'
import { isAtPractice, usualBearer, usualClient, usualGrant } from '../contract/connect-defaults.ts'
import type { ConnectionView } from '../contract/connection.ts'
import { answersFrom } from '../contract/grant-inputs.ts'
import { redirectUriToRegister } from '../contract/redirect-uri.ts'
import {
  type ClientAuthentication,
  type Grant,
  type Pkce,
  type ServiceView,
  tokenPlacementSchema,
} from '../contract/service.ts'
import { normaliseBaseUrl } from '../core/services/addresses.ts'
import { CommandError, wrongUsage } from './command-error.ts'
import { askNaming } from './naming.ts'
import { note } from './output.ts'
import { canAsk } from './prompt.ts'
import { chooseRedirect, outOfBandRedirect } from './redirect-choice.ts'
import type { SecretInput, SecretOptions } from './secret-input.ts'
import { takeArgument, takeSecret } from './taken-values.ts'

export interface ConnectOptions extends SecretOptions {
  name?: string
  clientId?: string
  clientAuth?: ClientAuthentication
  grant?: string
  scope?: string
  param: string[]
  tokenParam: string[]
  input: string[]
  resource: string[]
  audience?: string
  username?: string
  header?: string
  prefix?: string
  expires?: number | 'never'
  testPath?: string
  pkce?: Pkce
  outOfBand?: boolean
  installation?: string
  baseUrl?: string
  redirectPort?: number
  redirectUri?: string
  reconnect?: string
  ifOtherAccount?: AccountDecision
  browser: boolean
  json?: boolean
}

type Known = Pick<Snapshot, 'services' | 'clients'> & { reconnected?: ConnectionView }

/** The input of the attempt; asks for secrets and for the grant's inputs. */
export async function buildConnectInput(
  { services, clients, reconnected }: Known,
  word: string,
  given: ConnectOptions,
  secrets: SecretInput,
): Promise<Omit<ConnectInput, 'openBrowser'>> {
  const options = { ...given, ...takenArguments(given) }
  const service = findService(services, word)
  const grant = findGrant(service, options.grant ?? reconnected?.grantId)
  const { audience, testPath, name } = options
  const naming = reconnected ? { name, testPath } : await askNaming(service, { name, testPath }, options.json ?? false)
  const before = reconnected
    ? answersFrom(grant, { actsAs: reconnected.actsAs, scopes: reconnected.scopes.requested })
    : { answers: {}, scopes: service.scopes.default }
  return {
    ...(await credentialsFor(
      grant,
      service,
      clients,
      { ...options, baseUrl: options.baseUrl ?? reconnected?.baseUrl },
      secrets,
    )),
    ...(options.outOfBand ? { redirect: outOfBandRedirect } : {}),
    ...(options.installation ? { installation: options.installation } : {}),
    grantId: grant.id,
    scopes: scopesFor(grant, options.scope, before.scopes),
    answers: { ...before.answers, ...Object.fromEntries(options.input.map(parseParameter)) },
    resources: options.resource.length > 0 ? options.resource : (reconnected?.resources ?? []),
    parameters: {
      ...reconnected?.parameters,
      ...Object.fromEntries(options.param.map(parseParameter)),
      ...(audience ? { audience } : {}),
    },
    tokenParameters: {
      ...reconnected?.tokenParameters,
      ...Object.fromEntries(options.tokenParam.map(parseParameter)),
      ...(audience ? { audience } : {}),
    },
    ...naming,
    reconnect: reconnected?.id,
  }
}

function takenArguments(options: ConnectOptions): Partial<ConnectOptions> {
  const { clientId, baseUrl, username, resource, audience, testPath, installation } = options
  return {
    ...(clientId === undefined ? {} : { clientId: takeArgument('client_id', clientId, '--client-id') }),
    ...(baseUrl === undefined ? {} : { baseUrl: takeArgument('address', baseUrl, '--base-url') }),
    ...(username === undefined ? {} : { username: takeArgument('username', username, '--username') }),
    resource: resource.map((uri) => takeArgument('address', uri, '--resource')),
    ...(audience === undefined ? {} : { audience: takeArgument('id', audience, '--audience') }),
    ...(testPath === undefined ? {} : { testPath: takeArgument('id', testPath, '--test-path') }),
    ...(installation === undefined ? {} : { installation: takeArgument('id', installation, '--installation') }),
  }
}

/** A static token's scopes were chosen when it was created, so none are requested. */
function scopesFor({ type, name }: Grant, typed: string | undefined, usual: string[]): string[] {
  if (type !== 'static_token') return typed === undefined ? usual : typed.split(/\s+/).filter(Boolean)
  if (typed === undefined) return []
  throw wrongUsage(`No scopes can be asked for with “${name}”.`, 'They are chosen where it is made.')
}

type Credentials = Pick<ConnectInput, 'client' | 'place' | 'username' | 'password' | 'token'>

async function credentialsFor(
  grant: Grant,
  service: ServiceView,
  clients: ClientView[],
  options: ConnectOptions,
  secrets: SecretInput,
): Promise<Credentials> {
  if (grant.type === 'static_token') {
    if (grant.caution) note(grant.caution)
    const place = { serviceId: service.id, baseUrl: baseUrlOf(service, options) }
    return { place, token: await readStaticToken(grant, service, options, secrets) }
  }
  const client = await chooseClient(grant, service, clients, options, secrets)
  if (grant.type !== 'password') return { client }
  if (!options.username) throw wrongUsage('The password grant needs the user name.', 'Give it by --username.')
  const given = await secrets.credential('password', `Password of ${options.username}: `)
  const password = await takeSecret('password', given, 'password')
  return { client, username: options.username, password }
}

async function readStaticToken(
  grant: Grant,
  service: ServiceView,
  { header, prefix, expires }: ConnectOptions,
  secrets: SecretInput,
): Promise<ConnectInput['token']> {
  const usual = usualBearer(service, grant)
  const bearer =
    header === undefined && prefix === undefined
      ? undefined
      : { header: header ?? usual.header, prefix: prefix ?? (header === undefined ? usual.prefix : '') }
  if (bearer) checkPlacement(bearer)
  return {
    value: await takeSecret('key', await secrets.credential('token', `${grant.name}: `), grant.name),
    bearer,
    expiresAt: expires === 'never' ? null : expires,
  }
}

/** Checked before the token is asked for, to name the wrong option. */
function checkPlacement({ header, prefix }: { header: string; prefix: string }): void {
  const { shape } = tokenPlacementSchema.unwrap()
  if (!shape.header.safeParse(header).success) {
    throw wrongUsage('What --header gives cannot be the name of a header.', 'It is one word, such as X-Api-Key.')
  }
  if (!shape.prefix.safeParse(prefix).success) {
    throw wrongUsage('What --prefix gives cannot stand before a token.', 'It is up to 40 plain characters.')
  }
}

function findService(services: ServiceView[], word: string): ServiceView {
  const wanted = word.toLowerCase()
  const found = services.find(({ id, name }) => id === wanted || name.toLowerCase() === wanted)
  if (!found)
    throw new CommandError(`There is no service “${word}”.`, `There are: ${services.map(({ id }) => id).join(', ')}.`)
  return found
}

function findGrant({ name, grants }: ServiceView, id: string | undefined): Grant {
  const found = id === undefined ? usualGrant({ grants }) : grants.find((grant) => grant.id === id)
  if (!found) {
    throw new CommandError(`${name} has no grant “${id}”.`, `It has: ${grants.map((grant) => grant.id).join(', ')}.`)
  }
  return found
}

function parseParameter(text: string): [string, string] {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? []
  if (name === undefined || value === undefined) throw wrongUsage('A parameter is written as name=value.')
  return [name, value]
}

async function chooseClient(
  grant: Grant,
  service: ServiceView,
  clients: ClientView[],
  options: ConnectOptions,
  secrets: SecretInput,
): Promise<ConnectInput['client']> {
  const stored = findStored(service, clients, options)
  const changed =
    options.clientAuth !== undefined ||
    options.redirectPort !== undefined ||
    options.redirectUri !== undefined ||
    options.pkce !== undefined ||
    secrets.clientSecretGiven
  if (stored && !changed) return { id: stored.id }
  const clientId = stored?.clientId ?? options.clientId
  if (clientId === undefined) throw missingClient(service, clients, options)
  const usual = stored ?? usualClient(service)
  const methods = usingMethod(usual, grant, options.clientAuth ?? methodFor(usual, grant))
  const client: ClientInput = {
    id: stored?.id,
    serviceId: service.id,
    baseUrl: stored?.baseUrl ?? baseUrlOf(service, options),
    clientId,
    ...methods,
    pkce: options.pkce ?? stored?.pkce,
    redirect: chooseRedirect(service, stored, options),
  }
  if (methods.clientAuthentication === 'none') return client
  if (!secrets.clientSecretGiven && stored?.hasSecret) return client
  return { ...client, clientSecret: await takeSecret('client_secret', await askClientSecret(secrets), 'client secret') }
}

function baseUrlOf(service: ServiceView, { baseUrl }: ConnectOptions): string {
  const chosen = baseUrl ?? service.base.default
  if (chosen) return normaliseBaseUrl(chosen)
  throw wrongUsage(
    `${service.name} has no common address.`,
    `Give yours by --base-url, such as ${service.base.example}.`,
  )
}

/** The stored client that matches the options; if several match equally well, the error names them. A practice client only by its address or id. */
function findStored(service: ServiceView, clients: ClientView[], options: ConnectOptions): ClientView | undefined {
  const wanted = options.baseUrl === undefined ? null : normaliseBaseUrl(options.baseUrl)
  const fitting = clients.filter(
    (client) =>
      client.serviceId === service.id &&
      (wanted === null || client.baseUrl === wanted) &&
      (options.clientId === undefined
        ? wanted !== null || !isAtPractice(client, clients)
        : client.clientId === options.clientId),
  )
  const usual = service.base.default === null ? null : normaliseBaseUrl(service.base.default)
  const preferred = fitting.filter(({ baseUrl }) => wanted === null && baseUrl === usual)
  // A new client id without an address belongs to the usual address, not to that of another client.
  const [first, ...others] = preferred.length > 0 ? preferred : fitting
  if (others.length === 0) return first
  const names = [first, ...others].map((client) => `${client?.clientId} at ${client?.baseUrl}`).join(', ')
  throw new CommandError(
    `Several clients are stored for ${service.name}: ${names}.`,
    'Choose by --client-id or --base-url.',
  )
}

function missingClient(service: ServiceView, clients: ClientView[], options: ConnectOptions): CommandError {
  const practice = clients.find((client) => client.serviceId === service.id && client.practice)
  const uri = redirectUriToRegister(chooseRedirect(service, undefined, options))
  return wrongUsage(
    `No client is stored for ${service.name}${options.baseUrl ? ` at ${options.baseUrl}` : ''}.`,
    `Register one there with the redirect URI ${uri}, and give its id by --client-id.${practice ? ` For practice: --base-url ${practice.baseUrl}.` : ''}`,
  )
}

function askClientSecret(secrets: SecretInput): Promise<string> {
  if (secrets.clientSecretGiven || canAsk()) return secrets.clientSecret('Client secret: ')
  throw wrongUsage(
    'The client secret is needed, and there is no terminal to ask on.',
    'Give it by --client-secret-stdin or --client-secret-fd; for a public client use --client-auth none.',
  )
}
