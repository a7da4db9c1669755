import { describe, expect, it } from 'vitest'
import { catalogue, presets } from '../../../../core/services/catalogue.ts'
import type { Json } from '../../../../renderer/describe/document.ts'
import { scopeGroups, scopeText } from '../../../../renderer/describe/scope-text.ts'

describe('scopes as text', () => {
  it('are one to a line, with what they allow behind them', () => {
    expect(scopeGroups('read  See things\nwrite')).toEqual([
      { name: 'All', scopes: [{ value: 'read', description: 'See things' }, { value: 'write' }] },
    ])
  })

  it('stand in groups under a name in brackets', () => {
    const text = '[Issues]\nissues.read\n\n[Users]\nusers.read  See users'
    expect(scopeText(scopeGroups(text))).toBe(text)
  })

  it('may be pasted with commas between them', () => {
    expect(scopeGroups('read, write,admin')).toEqual([
      { name: 'All', scopes: [{ value: 'read' }, { value: 'write' }, { value: 'admin' }] },
    ])
  })

  it('are nothing where nothing is written', () => {
    expect(scopeGroups(' \n \n')).toEqual([])
    expect(scopeText(undefined)).toBe('')
  })

  it.each([...catalogue(), ...presets()].map((service) => [service.id, service] as const))(
    'of %s come back as they were',
    (_, service) => {
      const groups = JSON.parse(JSON.stringify(service.scopes.groups)) as Json[]
      const bare = JSON.parse(JSON.stringify(groups).replaceAll(',"description":""', '')) as Json[]
      expect(scopeGroups(scopeText(groups))).toEqual(bare)
    },
  )
})
