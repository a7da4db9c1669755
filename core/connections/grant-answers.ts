// What a token request of a grant carries: the description's own, the person's choice, and the answers to what it asks.
import { beginsElsewhere, type Grant } from '../../contract/service.ts'
import type { Extras } from '../oauth/token-endpoint.ts'
import { invalid, Problem } from '../problem.ts'

/** The scopes made of answers. Throws `invalid_input` for an answer that is missing or is no number where one is wanted. */
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

/** Throws a refusal of the scopes on with the inputs that became scopes: the person chose those, and perhaps no others. */
export function namingInputs(grant: Grant, { scopes, answers }: Pick<GrantChoice, 'scopes' | 'answers'>) {
  return (error: unknown): never => {
    const failure = error instanceof Problem && error.failure.kind === 'refused' ? error.failure : null
    const inputs = grant.inputs.filter(({ scope }) => scope !== undefined)
    if (!failure || inputs.length === 0 || !/^(?:invalid_scope|scope_invalid)$/.test(failure.error ?? '')) throw error
    const made = answersOf(grant, answers)
    const labels = inputs.map(({ label }) => `“${label}”`).join(' and ')
    const fewer = scopes.some((scope) => !made.includes(scope)) ? ' Or choose fewer scopes.' : ''
    throw new Problem({ ...failure, remedy: `Check ${labels}, of which ${made.join(' ')} was made.${fewer}` })
  }
}

/** What was chosen for a grant, while connecting or when it is asked for anew. */
export interface GrantChoice {
  scopes: string[]
  answers: Record<string, string>
  /** Of the request that begins the grant. */
  parameters: Record<string, string>
  /** Of every token request. */
  tokenParameters: Record<string, string>
  resources: string[]
  /** What the service calls the place where the client was installed. */
  installation?: string | null
}

/** Scopes, parameters and resources as they go into a token request that names scopes. Throws `invalid_input`. */
export function askedOf(grant: Grant, choice: GrantChoice): Extras & { scopes: string[] } {
  return { ...extrasOf(grant, choice), scopes: scopesOf(grant, choice) }
}

/** The same for the request that begins the grant elsewhere: the authorization request, or the one for a user code. */
export function beginningOf(grant: Grant, choice: GrantChoice): Extras & { scopes: string[] } {
  const parameters = { ...grant.authorizationParameters, ...choice.parameters }
  return { scopes: scopesOf(grant, choice), parameters, resources: resourcesOf(grant, choice) }
}

/** What every token request of a grant carries, its refreshes included. An answer that is missing by now is left out. */
export function extrasOf(grant: Grant, choice: Omit<GrantChoice, 'scopes'>): Extras {
  const begun = beginsElsewhere(grant) ? {} : choice.parameters
  const answered = grant.inputs.flatMap(({ id, parameter }): [string, string][] => {
    const value = Object.hasOwn(choice.answers, id) ? choice.answers[id]?.trim() : undefined
    return parameter && value ? [[parameter, value]] : []
  })
  const installed =
    grant.installation && choice.installation ? { [grant.installation.parameter]: choice.installation } : {}
  const own = { ...grant.tokenParameters, ...begun, ...choice.tokenParameters }
  return {
    parameters: { ...own, ...Object.fromEntries(answered), ...installed },
    resources: resourcesOf(grant, choice),
  }
}

function scopesOf(grant: Grant, { scopes, answers }: GrantChoice): string[] {
  return [...new Set([...answersOf(grant, answers), ...scopes])]
}

/** The resource indicators of a grant and of a choice, each once. @see RFC 8707 §2 */
function resourcesOf(grant: Grant, { resources }: Pick<GrantChoice, 'resources'>): string[] {
  return [...new Set([...grant.resources, ...resources])]
}
