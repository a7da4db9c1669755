// A token endpoint that answers as a test says, and what reached it.
import type { Failure } from '../../../../contract/failure.ts'
import type { CheckFacts } from '../../../../core/flows/recording.ts'
import type { TokenEndpoint } from '../../../../core/oauth/token-endpoint.ts'
import { Problem } from '../../../../core/problem.ts'
import { Secret } from '../../../../core/secret.ts'

export interface Asked {
  at: TokenEndpoint
  checks: CheckFacts[]
  sent: { url: string; headers: Headers; body: string; form: URLSearchParams }[]
}

export function answering(response: () => Response, overrides: Partial<TokenEndpoint> = {}): Asked {
  const sent: Asked['sent'] = []
  const checks: CheckFacts[] = []
  const at: TokenEndpoint = {
    issuer: 'https://as.example',
    tokenEndpoint: 'https://as.example/token',
    revocationEndpoint: 'https://as.example/revoke',
    client: {
      clientId: 'web',
      clientSecret: new Secret('p+q%41:r/s='),
      authentication: 'body',
      allowed: ['body', 'basic', 'basic-raw', 'none'],
    },
    fetch: async (input, init) => {
      const body = String(init?.body ?? '')
      sent.push({ url: String(input), headers: new Headers(init?.headers), body, form: new URLSearchParams(body) })
      return response()
    },
    check: (facts) => checks.push(facts),
    now: Date.now,
    ...overrides,
  }
  return { at, sent, checks }
}

export const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } })

export async function failureOf(promise: Promise<unknown>): Promise<Failure> {
  const error = await promise.then(
    () => null,
    (reason) => reason,
  )
  if (!(error instanceof Problem)) throw new Error(`no Problem but ${error}`)
  return error.failure
}
