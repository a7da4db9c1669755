import { expect, it } from 'vitest'
import type { Failure } from '../../../../contract/failure.ts'
import type { Diagnosis } from '../../../../contract/flow/diagnosis.ts'
import { offeredOnce } from '../../../../renderer/diagnosis/offered-once.ts'

const failure: Failure = {
  ...{ kind: 'refused', message: 'Refused.', by: 'token_endpoint', status: 401 },
  ...{ error: 'invalid_client', errorDescription: null, page: 'https://acme.example/apps' },
  ...{ tryAuthentication: ['basic', 'basic-raw'], tryPkce: ['off'] },
}

const diagnosis = (actions: Diagnosis['actions']): Diagnosis => ({
  ...{ rule: 'one', weight: 'cause', title: '', explanation: '', evidence: [], remedy: '', specification: null },
  actions,
})

it('what a diagnosis offers is not offered again beside it', () => {
  const left = offeredOnce(failure, [
    diagnosis([
      { action: 'reconnect', connectionId: null, changes: { clientAuthentication: 'basic' } },
      { action: 'open_page', page: 'registration', url: 'https://acme.example/apps' },
    ]),
  ])
  expect(left).toMatchObject({ tryAuthentication: ['basic-raw'], tryPkce: ['off'] })
  expect(left).not.toHaveProperty('page')
})

it('everything is offered where there is no diagnosis', () => {
  expect(offeredOnce(failure, [])).toEqual(failure)
})
