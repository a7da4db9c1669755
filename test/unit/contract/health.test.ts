import { describe, expect, it } from 'vitest'
import type { Failure } from '../../../contract/failure.ts'
import { needsOf, needsPerson } from '../../../contract/health.ts'
import { sampleConnection } from '../headless/sample-connection.ts'

const now = 1_800_000_000_000
const kinds = (...given: Parameters<typeof needsOf>) => needsOf(...given).map(({ kind }) => kind)
const workspace = (id: string) => ({ id, name: id, slug: id, detail: null })
const unreachable: Failure = { kind: 'network', message: 'Nothing answers at acme.example.', code: 'ECONNREFUSED' }

describe('what a connection needs', () => {
  it('is nothing when all is well', () => {
    expect(needsOf(sampleConnection(), null, now)).toEqual([])
  })

  it('is what was refused, in the words of the refusal, before anything else', () => {
    const failure: Failure = {
      ...{ kind: 'refused', message: 'The API refused the token.', remedy: 'Connect again.', by: 'api' },
      ...{ status: 401, error: null, errorDescription: null },
    }
    const status = { kind: 'needs_attention' as const, since: now, failure }
    const [first, ...others] = needsOf(sampleConnection({ status }), failure, now)
    expect(first).toEqual({ kind: 'refused', title: failure.message, remedy: failure.remedy })
    expect(others).toEqual([])
  })

  it('is to look again where nobody answered, and not to connect again', () => {
    expect(kinds(sampleConnection(), unreachable, now)).toEqual(['unreachable'])
  })

  it('is another token where the one that nothing renews has ended', () => {
    const ended = sampleConnection({ refreshable: false, expiresAt: now - 1 })
    expect(kinds(ended, null, now)).toEqual(['expired'])
  })

  it('is a workspace where several are reached', () => {
    const workspaces = [workspace('one'), workspace('two')]
    expect(kinds(sampleConnection({ workspaces }), null, now)).toEqual(['workspace'])
    expect(kinds(sampleConnection({ workspaces, workspace: workspace('one') }), null, now)).toEqual([])
  })

  it('is what introspection says against the token', () => {
    const introspection = { at: now, active: false, subject: null, username: null, scopes: null, expiresAt: null }
    expect(kinds(sampleConnection({ introspection }), null, now)).toEqual(['refused'])
  })

  it('names scopes that were not granted, as a remark that asks nothing of the person', () => {
    const scopes = { requested: ['read', 'write'], granted: ['read'], reported: null }
    const needs = needsOf(sampleConnection({ scopes }), null, now)
    expect(needs.map(({ kind, title }) => [kind, title])).toEqual([['scopes', 'Asked for and not granted: write.']])
    expect(needsPerson({ needs })).toBe(false)
    expect(needsPerson({ needs: needsOf(sampleConnection(), unreachable, now) })).toBe(true)
  })
})
