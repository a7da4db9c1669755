// What is missing or wrong on the third step, by field: answers, password, resource indicators, how a token is sent. Pure.
import type { Grant, ServiceView } from '../../contract/service.ts'
import type { ConnectDraft } from './connect-draft.ts'
import { headerProblem } from './token-form.ts'

export interface DetailProblems {
  answers: Record<string, string>
  resources: Record<string, string>
  username?: string
  password?: string
  testPath?: string
  header?: string
  name?: string
}

/** What stands in the way of connecting, by field. */
export function detailProblems(draft: ConnectDraft, service: ServiceView, grant: Grant | undefined): DetailProblems {
  const wrong: DetailProblems = { answers: {}, resources: {} }
  for (const input of grant?.inputs ?? []) {
    const problem = answerProblem(input, draft.answers[input.id] ?? '')
    if (problem !== null) wrong.answers[input.id] = problem
  }
  if (grant?.type === 'static_token') {
    const problem = headerProblem(draft.token.header)
    if (problem !== null) wrong.header = problem
  } else {
    for (const { key, value } of draft.resources) {
      const problem = resourceProblem(value)
      if (problem !== null) wrong.resources[key] = problem
    }
  }
  return { ...wrong, ...loginProblems(draft, grant), ...namingProblems(draft, service) }
}

function loginProblems({ username, password }: ConnectDraft, grant: Grant | undefined): Partial<DetailProblems> {
  const wrong: Partial<DetailProblems> = {}
  if (grant?.type !== 'password') return wrong
  if (username.trim() === '') wrong.username = 'The user name is missing.'
  if (password === '') wrong.password = 'The password is missing.'
  return wrong
}

function namingProblems({ reconnect, name, testPath }: ConnectDraft, service: ServiceView): Partial<DetailProblems> {
  const wrong: Partial<DetailProblems> = {}
  if (service.identity.length === 0 && reconnect === null && name.trim() === '')
    wrong.name = 'Give it a name: the service does not say whose the tokens are.'
  if (testPath.trim() !== '' && !/^\/(?!\/)\S*$/.test(testPath.trim()))
    wrong.testPath = 'A path begins with one “/” and holds no spaces.'
  return wrong
}

/** Whether nothing is wrong. */
export function isSound({ answers, resources, ...fields }: DetailProblems): boolean {
  return [answers, resources, fields].every((part) => Object.keys(part).length === 0)
}

function answerProblem({ label, format }: Grant['inputs'][number], text: string): string | null {
  const answer = text.trim()
  if (answer === '') return `${label} is missing.`
  return format === 'number' && !/^\d{1,18}$/.test(answer) ? `${label} is a number.` : null
}

/** A sentence when this is no resource indicator, else `null`; an empty one is left out. @see RFC 8707 §2 */
export function resourceProblem(text: string): string | null {
  if (text.trim() === '') return null
  const url = URL.parse(text.trim())
  if (url === null) return 'An absolute URI, such as https://api.example.com/.'
  return text.includes('#') ? 'A resource indicator has no fragment (#…).' : null
}
