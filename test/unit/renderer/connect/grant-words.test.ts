import { describe, expect, test } from 'vitest'
import { answersFrom } from '../../../../contract/grant-inputs.ts'
import { catalogue } from '../../../../core/services/catalogue.ts'
import { actingAs, lowered, pageAt, registrationPage } from '../../../../renderer/connect/grant-words.ts'
import { groupServices } from '../../../../renderer/connect/service-groups.ts'
import { isUnverified, unverifiedParts } from '../../../../renderer/kit/unverified.ts'
import { service } from './samples.ts'

const plane = service()
const acting = plane.grants.find(({ id }) => id === 'acting')

describe('what a grant says of itself', () => {
  test('tells whom it acts as once that is answered', () => {
    expect(acting && actingAs(acting, {})).toBeNull()
    expect(acting && actingAs(acting, { user: '7' })).toBe('user 7')
  })

  test('finds its answers again in the scopes that were made of them, and in whom the tokens act as', () => {
    const from = (scopes: string[], actsAs: string | null = null) => answersFrom(acting, { scopes, actsAs })
    expect(from(['read', 'user:7'])).toEqual({ answers: { user: '7' }, scopes: ['read'] })
    expect(from(['user:'])).toEqual({ answers: {}, scopes: ['user:'] })
    expect(from(['read'], 'user 7')).toEqual({ answers: { user: '7' }, scopes: ['read'] })
    expect(answersFrom(undefined, { scopes: ['user:7'], actsAs: null })).toEqual({ answers: {}, scopes: ['user:7'] })
  })

  test('fills the base URL into a page, once there is one', () => {
    expect(pageAt('{base}/keys', 'https://p.example/')).toBe('https://p.example/keys')
    expect(pageAt('{base}/keys', '')).toBeNull()
    expect(pageAt('https://elsewhere.example/', '')).toBe('https://elsewhere.example/')
    expect(pageAt(undefined, 'https://p.example')).toBeNull()
  })

  test('is registered at the instance that was chosen, and in the cloud at its own page', () => {
    const builtIn = catalogue().find(({ id }) => id === 'plane')
    const page = (baseUrl: string) => builtIn && registrationPage(builtIn, baseUrl)
    expect(page('https://api.plane.so/')).toBe('https://app.plane.so/')
    expect(page('https://plane.example.com')).toBe('https://plane.example.com/')
    expect(page('')).toBeNull()
  })

  test('is written inside a sentence with its own capitals', () => {
    expect(lowered('API key')).toBe('API key')
    expect(lowered('Personal access token')).toBe('personal access token')
  })

  test('is unverified where it or the whole is marked, and in part where its parts are', () => {
    const marks = { unverified: ['endpoints', 'grants.2', 'scopes.reported'] }
    expect(isUnverified(marks, 'endpoints.token')).toBe(true)
    expect(isUnverified(marks, 'grants.2')).toBe(true)
    expect(isUnverified(marks, 'grants.20')).toBe(false)
    expect(unverifiedParts(marks, 'scopes')).toEqual(['scopes.reported'])
    expect(unverifiedParts(marks, 'endpoints')).toEqual([])
  })
})

describe('the services to choose from', () => {
  const all = [
    plane,
    { ...service({ id: 'b', name: 'Birdview' }), origin: 'adjusted' as const },
    { ...service({ id: 'g', name: 'GitHub' }), origin: 'preset' as const },
    { ...service({ id: 'own', name: 'Staging' }), origin: 'imported' as const },
  ]
  const names = (text: string) => groupServices(all, text).map(({ services }) => services.map(({ name }) => name))

  test('stand by where they come from, adjusted ones where they were', () => {
    expect(names('')).toEqual([['Plane', 'Birdview'], ['GitHub'], ['Staging']])
  })

  test('are found by every word in name, description or address', () => {
    expect(names('api.plane github')).toEqual([[], ['GitHub'], []])
    expect(names('nothing')).toEqual([[], [], []])
  })
})
