import { describe, expect, it } from 'vitest'
import { agilePlannerService } from '../../../practice/agile-planner/service.ts'
import { birdviewService } from '../../../practice/birdview/service.ts'
import { planeService } from '../../../practice/plane/service.ts'
import { planioService } from '../../../practice/planio/service.ts'
import { plannrService } from '../../../practice/plannr/service.ts'
import { QUIRKS, type QuirkId, quirkSet } from '../../../practice/quirk-catalogue.ts'
import { createQuirks } from '../../../practice/quirks.ts'

const on = (quirks: { list(): { id: string; on: boolean }[] }) =>
  quirks
    .list()
    .filter((quirk) => quirk.on)
    .map(({ id }) => id)

describe('the quirks of a service', () => {
  const set = quirkSet({}, ['refresh-same', 'wrong-secret-400'])

  it('begin with what the service does by itself, and go back to it', () => {
    const quirks = createQuirks(set)
    const usual = ['refresh-same', 'wrong-secret-400', 'lower-case-header-refused']
    expect(on(quirks)).toEqual(usual)
    quirks.set({ 'no-expires-in': true, 'wrong-secret-400': false })
    expect([quirks.isOn('no-expires-in'), quirks.isOn('wrong-secret-400')]).toEqual([true, false])
    quirks.reset()
    expect(on(quirks)).toEqual(usual)
  })

  it('exclude each other where only one can be: the one switched on last counts', () => {
    const quirks = createQuirks(set, { 'refresh-rotates': true })
    expect(on(quirks)).not.toContain('refresh-same')
    expect(on(quirks)).toContain('wrong-secret-400')
    for (const [before, after] of [
      ['refresh-rotates', 'reuse-kills-family'],
      ['reuse-kills-family', 'refresh-same'],
    ] as const) {
      quirks.set(before < after ? { [before]: true, [after]: true } : { [after]: true, [before]: true })
      expect([quirks.isOn(before), quirks.isOn(after)]).toEqual([false, true])
    }
  })

  it('are all left alone when one of the names is none', () => {
    const quirks = createQuirks(set)
    expect(() => quirks.set({ 'no-expires-in': true, 'community-edition': true })).toThrow(/community-edition/)
    expect(quirks.isOn('no-expires-in')).toBe(false)
  })
})

it.each([planeService, planioService, plannrService, agilePlannerService, birdviewService])(
  '%o starts with quirks that it has, no two of which exclude each other',
  (service) => {
    const { quirks, paths, scopes } = service()
    const started = on(createQuirks(quirks))
    expect([...quirks.on].sort()).toEqual([...started].sort())
    expect(createQuirks(quirks, Object.fromEntries(quirks.on.map((id) => [id, true]))).list()).toEqual(
      createQuirks(quirks).list(),
    )
    expect(quirks.offered.includes('revocation-does-nothing')).toBe(paths.revocation !== undefined)
    if (scopes === null) expect(quirks.offered).not.toContain('fewer-scopes')
  },
)

it('each quirk is offered somewhere and says in one sentence what it does', () => {
  const offered = new Set(
    [planeService, planioService, plannrService, agilePlannerService, birdviewService].flatMap(
      (service) => service().quirks.offered,
    ),
  )
  expect((Object.keys(QUIRKS) as QuirkId[]).filter((id) => !offered.has(id))).toEqual([])
  for (const { description } of Object.values(QUIRKS)) expect(description).toMatch(/^[A-Z][^.]*\.$/)
})
