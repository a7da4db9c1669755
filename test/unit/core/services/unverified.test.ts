// What the screens label unverified is exactly what nobody confirmed. The facts and their marks are those that were handed
// to the authors of the catalogue: I, inferred; 3P, a third party's documentation; unknown, where a default had to be made.
import { expect, it } from 'vitest'
import { catalogue, presets } from '../../../../core/services/catalogue.ts'

/** Fields by what their fact is based on. */
const facts: Record<string, { inferred?: string[]; thirdParty?: string[]; unknown?: string[]; oneSource?: string[] }> =
  {
    plane: {
      unknown: ['redirect.anyPort'],
      // The endpoint and how it is asked are known from the Python SDK alone.
      oneSource: ['endpoints.revocation', 'revocation'],
    },
    // Redmine's source alone, as others who implement it read it.
    planio: { thirdParty: ['webhook'] },
    plannr: {
      inferred: ['scopes.reported'],
      // Members of answers that are documented nowhere: what `me` says, how an account is called and of what kind it is.
      unknown: ['redirect.anyPort', 'identity', 'workspaces.0.workspaceName', 'workspaces.0.workspaceDetail'],
    },
    'agile-planner': {
      inferred: ['endpoints.authorization', 'endpoints.token'],
      unknown: ['redirect.anyPort'],
    },
    birdview: {
      // The password grant's fields are those of RFC 6749.
      inferred: ['grants.2'],
      thirdParty: [
        ...['endpoints.authorization', 'identity'],
        ...['requests.0', 'requests.1', 'requests.2', 'requests.3', 'requests.4'],
      ],
      unknown: ['redirect.anyPort'],
    },
  }

it.each(catalogue())('$name marks what is inferred, a third party’s or unknown, and nothing else', (service) => {
  const { inferred = [], thirdParty = [], unknown = [], oneSource = [] } = facts[service.id] ?? {}
  const requests = service.requests.flatMap(({ unverified }, at) => (unverified ? [`requests.${at}`] : []))
  const marked = [...service.unverified, ...requests]
  expect(marked.toSorted()).toEqual([...inferred, ...thirdParty, ...unknown, ...oneSource].toSorted())
})

it('Birdview’s third grant is the password', () => {
  expect(catalogue().find(({ id }) => id === 'birdview')?.grants[2]?.type).toBe('password')
})

it.each(['github', 'gitea'])('%s, which no document describes, is marked as a whole', (id) => {
  const preset = presets().find((one) => one.id === id)
  const whole = ['endpoints', 'registration', 'grantsPage', 'clientAuthentication', 'redirect', 'grants', 'scopes']
  expect(preset?.unverified).toEqual(expect.arrayContaining([...whole, 'identity', 'requests']))
})

it.each(presets())('$name marks how it identifies the account, what it lists, and its registration', (preset) => {
  expect(preset.unverified).toEqual(expect.arrayContaining(['identity', 'registration', 'grantsPage']))
  expect(preset.unverified.some((path) => path === 'scopes' || path === 'scopes.groups')).toBe(true)
})
