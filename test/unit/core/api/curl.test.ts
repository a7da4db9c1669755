import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { curlCommand } from '../../../../core/api/curl.ts'

const asked = {
  method: 'POST' as const,
  path: '/api/things',
  headers: [['X-Note', "it's"]] as [string, string][],
  body: '{"a":"b"}',
  service: { grants: [], requestHeaders: {} },
  record: {
    baseUrl: 'https://host.example',
    workspace: null,
    account: null,
    grantId: 'g',
    installation: null,
    kept: {},
    keptFromRedirect: [],
  },
  bearer: ['Authorization', 'Bearer abc'] as [string, string],
}

it('is one command with every argument quoted', () => {
  expect(curlCommand(asked)).toBe(
    [
      'curl',
      '--request POST',
      "'https://host.example/api/things'",
      "--header 'X-Note: it'\\''s'",
      "--header 'Authorization: Bearer abc'",
      `--data-raw '{"a":"b"}'`,
    ].join(' \\\n  '),
  )
})

it('survives a real shell whatever the body holds', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 60 }).filter((body) => body !== '' && !body.includes('\0')),
      (body) => {
        const command = curlCommand({ ...asked, body }).replace(/^curl/, 'printf %s\\\\0')
        const printed = execFileSync('/bin/sh', ['-c', command], { encoding: 'utf8' }).split('\0')
        expect(printed.at(-2)).toBe(body)
      },
    ),
    { numRuns: 40 },
  )
})

it('sends the person’s own Authorization header instead of a second one', () => {
  const command = curlCommand({ ...asked, headers: [['authorization', 'Bearer mine']] })
  expect(command).toContain('Bearer mine')
  expect(command).not.toContain('Bearer abc')
})

it.each([
  ['bad name', 'x'],
  ['X-Ok', 'line\nbreak'],
  ['X-Ok', 'emoji 🙂'],
])('refuses the header %s', (name, value) => {
  expect(() => curlCommand({ ...asked, headers: [[name, value]] })).toThrow(/header/)
})

describe('the service’s own headers', () => {
  const requestHeaders = { Accept: 'application/json', 'X-Account': '{workspace_id}' }
  const workspace = { id: 'w1', name: 'Acme', slug: null, detail: null }
  const service = { grants: [], requestHeaders }

  it('go with every request, filled for the workspace', () => {
    const command = curlCommand({ ...asked, service, record: { ...asked.record, workspace } })
    expect(command).toContain("'X-Account: w1'")
    expect(command).toContain("'Accept: application/json'")
  })

  it('are left out where there is no workspace to fill them with', () => {
    expect(curlCommand({ ...asked, service })).not.toContain('X-Account')
  })

  it('give way to what the person typed', () => {
    const command = curlCommand({ ...asked, service, headers: [['accept', 'text/csv']] })
    expect(command).toContain("'accept: text/csv'")
    expect(command).not.toContain('application/json')
  })

  it('are asked for in words where a path needs the workspace', () => {
    expect(() => curlCommand({ ...asked, path: '/w/{workspace_id}/x' })).toThrow('needs the workspace')
  })
})
