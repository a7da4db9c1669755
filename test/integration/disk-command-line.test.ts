// A damaged vault on the command line: what was found, what can be done, and doing it, with real processes.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Desk, openDesk } from './grantdesk-process.ts'

let desk: Desk

beforeEach(() => {
  desk = openDesk()
})
afterEach(() => desk.close())

it('names the copy that is there, puts it in place when told to, and keeps the damaged file', async () => {
  expect((await desk.unlocked(['list'])).code).toBe(0)
  const file = join(desk.folder, 'vault.json')
  writeFileSync(file, '{"half')

  const refused = await desk.unlocked(['list'])
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringMatching(/damaged.*\n.*vault recover/)])
  expect(readFileSync(file, 'utf8')).toBe('{"half')

  const recovered = await desk.run(['vault', 'recover'])
  expect([recovered.code, recovered.stdout]).toEqual([0, expect.stringMatching(/as it was/)])
  const kept = readdirSync(desk.folder).find((name) => name.includes('.damaged-')) ?? ''
  expect(recovered.stderr).toContain(kept)
  expect(readFileSync(join(desk.folder, kept), 'utf8')).toBe('{"half')
  expect((await desk.unlocked(['list'])).code).toBe(0)

  const again = await desk.run(['vault', 'recover'])
  expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('whole')])
})
