// The parameters of a grant's requests: from the service's description, the person's choice, and the answers to its inputs.
import { beginsElsewhere, type Grant } from '../../contract/service.ts'
import type { Extras } from '../oauth/token-endpoint.ts'
import { invalid, Problem } from '../problem.ts'

/** The scopes made from answers. Throws `invalid_input` for a missing answer, or one that should be a number. */
export function answersOf(grant: Grant, answers: Record<string, string>): string[] {
  const scopes: string[] = []
  for (const input of grant.inputs) {
    const value = Object.hasOwn(answers, input.id) ? answers[input.id]?.trim() : undefined
    if (!value) throw invalid(`answers.${input.id}`, `${input.label} is missing.`, input.hint || undefined)
    if (input.format === 'number' && !/^\d{1,18}$/.test(value)) {
      throw invalid(`answers.${input.id}`, `${input.label} is a number.`, input.hint || undefined)
    }
    if (input.scope) scopes.push(input.scope.replaceAll('{value}', value))
  }
  return scopes
}

/** Rethrows an error; if it refuses the scopes, names the inputs that became scopes, because the person chose those. */
export function namingInputs(grant: Grant, { scopes, answers }: Pick<GrantChoice, 'scopes' | 'answers'>) {
  return (error: unknown): never => {
    const inputs = grant.inputs.filter(({ scope }) => scope !== undefined)
    if (!(error instanceof Problem) || inputs.length === 0) throw error
    const { failure } = error
    if (failure.kind !== 'refused' || failure.reason !== 'invalid_scope') throw error
    const made = answersOf(grant, answers)
    const labels = inputs.map(({ label }) => `“${label}”`).join(' and ')
    const fewer = scopes.some((scope) => !made.includes(scope)) ? ' Or choose fewer scopes.' : ''
    const remedy = `Check ${labels}, of which ${made.join(' ')} was made.${fewer}`
    throw error.as({ ...failure, remedy }, made)
  }
}

/** What was chosen for a grant when connecting, used again for later requests. */
export interface GrantChoice {
  scopes: string[]
  answers: Record<string, string>
  /** For the request that starts the grant. */
  parameters: Record<string, string>
  /** For every token request. */
  tokenParameters: Record<string, string>
  resources: string[]
  /** The service's id of the client's installation. */
  installation?: string | null
}

/** Scopes, parameters and resources for a token request with scopes. Throws `invalid_input`. */
export function tokenRequestParameters(grant: Grant, choice: GrantChoice): Extras & { scopes: string[] } {
  return { ...extraParameters(grant, choice), scopes: scopesOf(grant, choice) }
}

/** The same for an authorization or device authorization request. */
export function authorizationParameters(grant: Grant, choice: GrantChoice): Extras & { scopes: string[] } {
  const answered = answeredParameters(grant, choice.answers, 'authorization')
  const parameters = { ...grant.authorizationParameters, ...choice.parameters, ...answered }
  return { scopes: scopesOf(grant, choice), parameters, resources: resourcesOf(grant, choice) }
}

/** Parameters and resources of every token request, including refreshes. Leaves out missing answers. */
export function extraParameters(grant: Grant, choice: Omit<GrantChoice, 'scopes'>): Extras {
  const begun = beginsElsewhere(grant) ? {} : choice.parameters
  const installed =
    grant.installation && choice.installation ? { [grant.installation.parameter]: choice.installation } : {}
  const own = { ...grant.tokenParameters, ...begun, ...choice.tokenParameters }
  return {
    parameters: { ...own, ...answeredParameters(grant, choice.answers, 'token'), ...installed },
    resources: resourcesOf(grant, choice),
  }
}

/** The same of a refresh. */
export function refreshParameters(grant: Grant, choice: Omit<GrantChoice, 'scopes'>): Extras {
  const { parameters, resources } = extraParameters(grant, choice)
  return { parameters: { ...parameters, ...grant.refreshParameters }, resources }
}

/** The answers that are sent in one of the two requests, by their parameters. */
function answeredParameters(grant: Grant, answers: Record<string, string>, request: 'authorization' | 'token') {
  const sent = grant.inputs.flatMap(({ id, parameter, sentIn }): [string, string][] => {
    const value = Object.hasOwn(answers, id) ? answers[id]?.trim() : undefined
    // A resource goes with both requests: see resourcesOf.
    return parameter && parameter !== 'resource' && value && (sentIn === request || sentIn === 'both')
      ? [[parameter, value]]
      : []
  })
  return Object.fromEntries(sent)
}

function scopesOf(grant: Grant, { scopes, answers }: GrantChoice): string[] {
  return [...new Set([...answersOf(grant, answers), ...scopes])]
}

/** The distinct resource indicators of a grant, a choice and its answers. @see RFC 8707 §2 */
function resourcesOf(grant: Grant, { resources, answers }: Pick<GrantChoice, 'resources' | 'answers'>): string[] {
  const answered = grant.inputs.flatMap(({ id, parameter }) => {
    const value = Object.hasOwn(answers, id) ? answers[id]?.trim() : undefined
    return parameter === 'resource' && value ? [value] : []
  })
  return [...new Set([...grant.resources, ...resources, ...answered])]
}
