import { describe, expect, it } from 'vitest'
import { flowAboutSchema } from '../../../../contract/flow/flow.ts'
import { cutOffFlow } from '../../../../core/flows/cut-off.ts'
import { aboutNothing } from '../../../../core/flows/default-facts.ts'

const page = 'https://plane.example/profile/applications'
const about = { ...aboutNothing, service: 'Plane', grantsPage: page }

describe('a connect that was cut off', () => {
  it('says that access may have been granted, to connect again, and on which page to look otherwise', () => {
    const failure = cutOffFlow({ kind: 'connect', about, connectionId: null })
    expect(failure).toMatchObject({ kind: 'cut_off', page, message: expect.stringContaining('Plane, which may have') })
    expect(failure.remedy).toMatch(/^Connect again\./)
    expect(failure.remedy).toContain(page)
  })

  it('says to look in the account where no page is known, as in flows of earlier versions', () => {
    const { grantsPage: _, ...earlier } = about
    const failure = cutOffFlow({ kind: 'connect', about: flowAboutSchema.parse(earlier), connectionId: null })
    expect(failure).not.toHaveProperty('page')
    expect(failure.remedy).toContain('your account at Plane')
  })

  it('says the same of a reconnection, which has its connection from the start', () => {
    const failure = cutOffFlow({ kind: 'connect', about: { ...about, connection: 'Mine' }, connectionId: 'c1' })
    expect(failure.message).toContain('may have granted access')
  })

  it('claims no lost grant once the tokens are stored', () => {
    const failure = cutOffFlow({ kind: 'connect', about, connectionId: 'c1' })
    expect(failure.message).toContain('after the tokens were stored')
  })
})

it('another flow that was cut off can be tried again', () => {
  expect(cutOffFlow({ kind: 'identify', about, connectionId: 'c1' })).toMatchObject({
    kind: 'cut_off',
    remedy: 'Try again.',
  })
})
