// The practice Plannr's API: logins with their accounts, and a little data of each account.
import { type Answer, type Incoming, json, type Route, readCount } from '../http.ts'
import type { Quirks } from '../quirks.ts'
import { createRateLimit } from '../rate-limit.ts'
import type { TokenStore } from '../token-store.ts'

const REQUESTS_PER_MINUTE = 500

interface Account {
  uuid: string
  name: string
  type: 'admin' | 'client'
}

interface Login {
  login: string
  name: string
  uuid: string
  /** The account to start with, if the person chose one. */
  preferred: Account | null
  accounts: { loginUuid: string; account: Account }[]
}

const FIRM: Account = { uuid: '5b0d6f1e-aaaa-4e0c-9d11-000000000001', name: 'Practice Advice', type: 'admin' }
const CLIENT: Account = { uuid: '5b0d6f1e-bbbb-4e0c-9d11-000000000002', name: 'Practice Household', type: 'client' }

/** Both have an admin and a client account; Alice prefers one that is not the first in the list. */
const LOGINS: Login[] = [
  {
    login: 'ada',
    name: 'Ada',
    uuid: '9e1c2d3b-0001-4a5f-8b6c-111111111111',
    preferred: null,
    accounts: [
      { loginUuid: '70c1a2b3-0001-4d5e-8f60-222222222221', account: FIRM },
      { loginUuid: '70c1a2b3-0002-4d5e-8f60-222222222222', account: CLIENT },
    ],
  },
  {
    login: 'alice',
    name: 'Alice',
    uuid: '9e1c2d3b-0002-4a5f-8b6c-111111111112',
    preferred: FIRM,
    accounts: [
      { loginUuid: '70c1a2b3-0003-4d5e-8f60-222222222223', account: CLIENT },
      { loginUuid: '70c1a2b3-0004-4d5e-8f60-222222222224', account: FIRM },
    ],
  },
]

/** Personal access token → login. */
export const PLANNR_TOKENS = new Map([
  ['plannr-practice-personal-token-ada', 'ada'],
  ['plannr-practice-personal-token-alice', 'alice'],
])

function describeLogin(person: Login, { loginUuid, account }: Login['accounts'][number]): Record<string, unknown> {
  return {
    uuid: loginUuid,
    email: `${person.login}@practice.example`,
    type: account.type,
    account: { uuid: account.uuid, name: account.name },
  }
}

function listAccount(account: Account, request: Incoming): Answer {
  const perPage = Math.max(1, readCount(request.query, 'per_page', 15))
  const names = ['Practice Household', 'Practice Partnership', 'Practice Trust']
  const rows = names.map((name, index) => ({ uuid: `5b0d6f1e-bbbb-4e0c-9d11-00000000000${index + 2}`, name }))
  const visible = account.type === 'admin' ? rows : rows.filter(({ uuid }) => uuid === account.uuid)
  return json(200, {
    data: visible.slice(0, perPage),
    meta: { current_page: 1, per_page: perPage, total: visible.length, last_page: Math.ceil(visible.length / perPage) },
  })
}

export function plannrRoutes(store: TokenStore, quirks: Quirks): Route[] {
  const preferenceOf = ({ preferred }: Login) =>
    preferred && quirks.isOn('preferred-account') ? { preferred_account_uuid: preferred.uuid } : {}
  const limit = createRateLimit(REQUESTS_PER_MINUTE)

  const identify = (request: Incoming): Login | undefined => {
    const presented = store.present(request.headers)
    const personal = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
    const login = presented.state === 'active' ? presented.token.login : PLANNR_TOKENS.get(personal)
    return LOGINS.find((person) => person.login === login)
  }

  const gate =
    (answer: (person: Login, request: Incoming) => Answer) =>
    (request: Incoming): Answer => {
      const person = identify(request)
      if (!person) return json(401, { message: 'Unauthenticated.' })
      const { allowed, remaining } = limit.count(person.login)
      const headers = { 'x-ratelimit-limit': String(REQUESTS_PER_MINUTE), 'x-ratelimit-remaining': String(remaining) }
      const decided = allowed ? answer(person, request) : json(429, { message: 'Too Many Attempts.' })
      return { ...decided, headers: { ...decided.headers, ...headers } }
    }

  const inAccount = (answer: (account: Account, request: Incoming) => Answer) =>
    gate((person, request) => {
      const named = request.headers['x-plannr-account-uuid']
      const usual = person.preferred ?? person.accounts[0]?.account
      const wanted = named ?? (quirks.isOn('account-header-required') ? undefined : usual?.uuid)
      if (wanted === undefined) return json(400, { message: 'The X-PLANNR-ACCOUNT-UUID header is required.' })
      const held = person.accounts.find(({ account }) => account.uuid === wanted)
      return held ? answer(held.account, request) : json(403, { message: 'This action is unauthorized.' })
    })

  return [
    {
      method: 'GET',
      pattern: '/api/v1/logins',
      answer: gate((person) =>
        json(200, { data: person.accounts.map((held) => describeLogin(person, held)), ...preferenceOf(person) }),
      ),
    },
    {
      method: 'GET',
      pattern: '/api/v1/me',
      answer: gate((person) =>
        json(200, {
          data: {
            uuid: person.uuid,
            first_name: person.name,
            email: `${person.login}@practice.example`,
            ...preferenceOf(person),
          },
        }),
      ),
    },
    { method: 'GET', pattern: '/api/v1/account', answer: inAccount(listAccount) },
    {
      method: 'GET',
      pattern: '/api/v1/account/:uuid/address',
      answer: inAccount((_account, request) =>
        json(200, {
          data: [{ uuid: request.params.uuid, line_1: '1 Practice Street', town: 'Sampleton', postcode: 'PR1 1AA' }],
        }),
      ),
    },
  ]
}
