// What holds for every rule: it has its file and its test, it never throws, and it reads nothing but what it is given.
import { existsSync, readdirSync } from 'node:fs'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { diagnosisSchema } from '../../../../contract/flow/diagnosis.ts'
import { flowEventSchema } from '../../../../contract/flow/event.ts'
import { diagnose } from '../../../../core/diagnosis/diagnose.ts'
import { rules } from '../../../../core/diagnosis/rules.ts'
import { arbitraryOf } from '../../../support/fuzz/schema-arbitrary.ts'
import { contextOf } from './diagnosis-fixture.ts'

it('each rule is named as its file, and has its test', () => {
  const names = Object.keys(rules)
  expect(names).toEqual([...new Set(names)])
  expect(readdirSync('core/diagnosis/rules').sort()).toEqual(names.map((name) => `${name}.ts`).sort())
  for (const name of names) expect(existsSync(`test/unit/core/diagnosis/${name}.test.ts`), name).toBe(true)
})

it('whatever was recorded, a diagnosis is one', () => {
  const events = fc.array(
    arbitraryOf(flowEventSchema, () => null),
    { maxLength: 12 },
  )
  fc.assert(
    fc.property(events, fc.constantFrom('failed' as const, 'succeeded' as const), (made, outcome) => {
      const parsed = made.map((one) => flowEventSchema.parse(one))
      for (const found of diagnose(parsed, contextOf({ flow: { outcome } }))) diagnosisSchema.parse(found)
    }),
    { numRuns: 300 },
  )
})
