// What a token request of a grant carries: the description's own, the person's choice, and the answers to what it asks.
import type { Grant } from '../../contract/service.ts'
import type { Extras } from '../oauth/token-endpoint.ts'
import { invalid } from '../problem.ts'

/** Throws `invalid_input` for an answer that is missing or is no number where one is wanted. */
export function answersOf(grant: Grant, answers: Record<string, string>) {
  const scopes: string[] = []
  const parameters: Record<string, string> = {}
  for (const input of grant.inputs) {
    const value = Object.hasOwn(answers, input.id) ? answers[input.id]?.trim() : undefined
    if (!value) throw invalid(`answers.${input.id}`, `${input.label} is missing.`, input.hint || undefined)
    if (input.format === 'number' && !/^\d{1,18}$/.test(value)) {
      throw invalid(`answers.${input.id}`, `${input.label} is a number.`, input.hint || undefined)
    }
    if (input.scope) scopes.push(input.scope.replaceAll('{value}', value))
    if (input.parameter) parameters[input.parameter] = value
  }
  return { scopes, parameters }
}

/** What was chosen for a grant, while connecting or when it is asked for anew. */
export interface GrantChoice {
  scopes: string[]
  answers: Record<string, string>
  parameters: Record<string, string>
  resources: string[]
  /** What the service calls the place where the client was installed. */
  installation?: string | null
}

/** Scopes, parameters and resources as they go into a token request. Throws `invalid_input`. */
export function askedOf(grant: Grant, choice: GrantChoice): Extras & { scopes: string[] } {
  const { scopes, parameters } = answersOf(grant, choice.answers)
  const installed =
    grant.installation && choice.installation ? { [grant.installation.parameter]: choice.installation } : {}
  return {
    scopes: [...new Set([...scopes, ...choice.scopes])],
    parameters: { ...grant.tokenParameters, ...choice.parameters, ...parameters, ...installed },
    resources: resourcesOf(grant, choice),
  }
}

/** The resource indicators of a grant and of a choice, each once. @see RFC 8707 §2 */
export function resourcesOf(grant: Grant, { resources }: Pick<GrantChoice, 'resources'>): string[] {
  return [...new Set([...grant.resources, ...resources])]
}
