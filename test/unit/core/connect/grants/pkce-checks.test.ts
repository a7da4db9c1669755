// What the token endpoint made of the code verifier, as a check of the flow.
import { expect, it } from 'vitest'
import { checkNote, checkTitle } from '../../../../../contract/flow/check-words.ts'
import type { Pkce } from '../../../../../contract/service.ts'
import { recordPkceOutcome } from '../../../../../core/connect/grants/pkce-checks.ts'
import { Problem, problem } from '../../../../../core/problem.ts'
import { flowFixture } from '../../../core/flows/flow-fixture.ts'

const refused = (tryPkce?: Pkce[]) =>
  new Problem({
    ...{ kind: 'refused', message: 'No.', by: 'token_endpoint', status: 400, error: 'invalid_grant' },
    ...{ errorDescription: null, ...(tryPkce ? { tryPkce } : {}) },
  })

async function outcome(method: Pkce, error: Error | null) {
  const recording = flowFixture().log.start({ kind: 'connect', about: {}, serviceId: 's' })
  const exchange = error === null ? Promise.resolve('tokens') : Promise.reject(error)
  const settled = await recordPkceOutcome(recording, method, exchange).catch((reason: unknown) => reason)
  expect(settled).toBe(error ?? 'tokens')
  const checks = recording.flow().events.flatMap((event) => (event.kind === 'check' ? [event] : []))
  return checks.map((check) => ({
    facts: [check.expected, check.found, check.result, check.reason],
    words: [checkTitle(check), checkNote(check)],
  }))
}

const accepted = 'The token endpoint gave tokens for the code; a server that knows no PKCE does so, too.'

it.each<[Pkce, Error | null, facts: unknown[], title: string, note: RegExp]>([
  ['S256', null, [null, 'S256', 'passed', 'accepted'], 'PKCE: S256 accepted', new RegExp(accepted)],
  ['plain', null, [null, 'plain', 'passed', 'plain_method'], 'PKCE: plain accepted', /Anybody who reads/],
  ['off', null, [null, 'off', 'unconfirmed', 'switched_off'], 'PKCE: switched off', /bound to this attempt by state/],
  ['S256', refused(['plain']), [null, 'S256', 'failed', 'refused_by_server'], 'PKCE: S256 refused by the server', /./],
  ['off', refused(['S256']), [null, 'off', 'failed', 'refused_by_server'], 'PKCE: off refused by the server', /./],
  ['S256', refused(), [null, 'S256', 'unconfirmed', 'sent'], 'PKCE: S256 sent', /does not tell/],
])('%s with %s is %j', async (method, error, facts, title, note) => {
  const [check, ...others] = await outcome(method, error)
  expect([others, check?.facts, check?.words[0]]).toEqual([[], facts, title])
  expect(check?.words[1]).toMatch(note)
})

it('nothing is said of it where no answer came, or nothing was sent', async () => {
  expect(await outcome('S256', problem('timed_out', 'No answer.'))).toEqual([])
  expect(await outcome('off', refused())).toEqual([])
})
