import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { curlCommand } from '../../../../core/requests/curl.ts'

const asked = {
  method: 'POST' as const,
  path: '/api/things',
  headers: [['X-Note', "it's"]] as [string, string][],
  body: '{"a":"b"}',
  baseUrl: 'https://host.example',
  workspace: null,
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
