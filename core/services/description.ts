// A person's own description of a service, judged as what it is: a text from elsewhere that decides where secrets go
// and which pages the browser opens. Refuses every address that is not plainly https, or http on this machine.
import { type Service, serviceSchema } from '../../contract/service.ts'
import { Problem, problem } from '../problem.ts'
import { checkLink } from './addresses.ts'

interface Issue {
  path: string
  message: string
}

/** Throws `invalid_input` with every field that is wrong, or `conflict` where the text is no JSON. */
export function parseDescription(text: string): Service {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw problem('conflict', 'The file is not JSON.', 'A service description is a JSON object; see docs/services.md.')
  }
  const parsed = serviceSchema.safeParse(json)
  if (!parsed.success) {
    throw unfit(parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message })))
  }
  const issues = addressIssues(parsed.data)
  if (issues.length > 0) throw unfit(issues)
  return parsed.data
}

function unfit(issues: Issue[]): Problem {
  const first = issues[0]
  return new Problem({
    kind: 'invalid_input',
    message: `The service description does not fit the schema: ${first ? `${first.path || 'the whole file'}: ${first.message}` : ''}`,
    issues,
  })
}

function addressIssues(service: Service): Issue[] {
  const addresses: [string, string | null | undefined][] = [
    ['documentation', service.documentation],
    ['base.default', service.base.default],
    ['endpoints.authorization', service.endpoints.authorization],
    ['endpoints.token', service.endpoints.token],
    ['endpoints.revocation', service.endpoints.revocation],
    ['registration.page', service.registration.page],
    ['grantsPage', service.grantsPage],
  ]
  return addresses.flatMap(([path, address]) => {
    if (address === null || address === undefined || isSafe(address)) return []
    const message = 'an https address (http on this machine only) without a user name, or {base} followed by a path'
    return [{ path, message }]
  })
}

/** What follows `{base}` must begin a path, or it would become part of the host's name or turn it into a user's. */
function isSafe(template: string): boolean {
  const address = template.replace(/^\{base\}(?=\/|$)/, 'https://base.example')
  if (/[{}\s\p{Cc}]/u.test(address)) return false
  const url = URL.parse(address)
  if (url === null || url.username !== '' || url.password !== '') return false
  try {
    return checkLink(address) !== ''
  } catch {
    return false
  }
}
