// The person's answers to what a grant asks, as scopes and parameters of its token request.
import type { Grant } from '../../contract/service.ts'
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
