import { describe, expect, it } from 'vitest'
import { serviceSchema } from '../../../../contract/service.ts'
import { descriptionIssues } from '../../../../core/services/description-checks.ts'
import { documentFrom, emptyDocument, idFrom } from '../../../../renderer/describe/beginnings.ts'
import { lineOf } from '../../../../renderer/describe/issue-places.ts'

describe('the beginning of a description', () => {
  it('is an id made of the name, and not one that is taken', () => {
    expect(idFrom('Zoë’s Tracker 2.0', [])).toBe('zoe-s-tracker-2-0')
    expect(idFrom('Plane', ['plane', 'plane-2'])).toBe('plane-3')
    expect(idFrom('—', [])).toBe('service')
    expect(idFrom(`${'x'.repeat(90)}`, []).length).toBeLessThanOrEqual(40)
  })

  it('by hand wants a name, an id and a base URL, and nothing else', () => {
    const document = { ...emptyDocument(), id: 'x', name: 'X', base: { default: 'https://x.example', example: 'x' } }
    expect(descriptionIssues(serviceSchema.parse(document))).toEqual([])
  })

  it('is nothing where a text is no JSON object', () => {
    expect(documentFrom('[]')).toBeNull()
    expect(documentFrom('{')).toBeNull()
    expect(documentFrom('{"id":"x"}')).toEqual({ id: 'x' })
  })
})

describe('the line of a member', () => {
  const text = '{\n  "id": "x",\n  "grants": [\n    {"id": "a"},\n    {\n      "type": 5\n    }\n  ]\n}'

  it('is where its value stands', () => {
    expect(lineOf(text, 'id')).toBe(2)
    expect(lineOf(text, 'grants.1.type')).toBe(6)
  })

  it('is that of the nearest one above where it is missing', () => {
    expect(lineOf(text, 'grants.1.name')).toBe(5)
    expect(lineOf(text, 'name')).toBe(1)
    expect(lineOf('', 'name')).toBe(1)
  })
})
