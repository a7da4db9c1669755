import { expect, it } from 'vitest'
import { mergedClient } from '../../../../core/connections/client-draft.ts'
import type { ClientRecord } from '../../../../core/records.ts'

const base: ClientRecord = {
  name: 'Mine',
  serviceId: 'planio',
  baseUrl: 'https://example.plan.io',
  clientId: 'abc',
  hasSecret: true,
  clientAuthentication: 'body',
  grantAuthentication: { device_code: 'none' },
  pkce: 'S256',
  redirect: { mode: 'ephemeral' },
  practice: false,
}

it('changes only what was tried', () => {
  const tried: ClientRecord = { ...base, clientAuthentication: 'basic' }
  const edited: ClientRecord = {
    ...base,
    name: 'Edited',
    redirect: { mode: 'out_of_band' } as ClientRecord['redirect'],
  }
  expect(mergedClient(base, tried, edited)).toEqual({ ...edited, clientAuthentication: 'basic' })
})

it('leaves what was edited since, also where it was tried', () => {
  const tried: ClientRecord = { ...base, name: 'Tried', clientAuthentication: 'basic' }
  const edited: ClientRecord = { ...base, name: 'Edited' }
  expect(mergedClient(base, tried, edited)).toEqual({ ...edited, clientAuthentication: 'basic' })
})

it('merges the methods grant by grant', () => {
  const tried: ClientRecord = { ...base, grantAuthentication: { device_code: 'none', password: 'basic' } }
  const edited: ClientRecord = { ...base, grantAuthentication: { device_code: 'body' } }
  expect(mergedClient(base, tried, edited).grantAuthentication).toEqual({ device_code: 'body', password: 'basic' })
})

it('is as it was tried where there is none to merge it with', () => {
  expect(mergedClient(undefined, base, undefined)).toBe(base)
  expect(mergedClient(base, base, undefined)).toBe(base)
})
