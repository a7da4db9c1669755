// A failure without the remedies that a diagnosis beside it offers already.
import type { Failure } from '../../contract/failure.ts'
import type { Diagnosis } from '../../contract/flow/diagnosis.ts'

/** What is left for other buttons to offer. */
export function offeredOnce(failure: Failure, diagnoses: Diagnosis[]): Failure {
  if (failure.kind !== 'refused') return failure
  const actions = diagnoses[0]?.actions ?? []
  const changes = actions.flatMap((one) => (one.action === 'reconnect' ? [one.changes] : []))
  const { page, tryAuthentication, tryPkce, ...rest } = failure
  const methods = tryAuthentication?.filter((one) => !changes.some((each) => each.clientAuthentication === one))
  const pkce = tryPkce?.filter((one) => !changes.some((each) => each.pkce === one))
  const isOpened = actions.some((one) => one.action === 'open_page' && one.url === page)
  return {
    ...rest,
    ...(methods ? { tryAuthentication: methods } : {}),
    ...(pkce ? { tryPkce: pkce } : {}),
    ...(page === undefined || isOpened ? {} : { page }),
  }
}
