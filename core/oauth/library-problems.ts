// The exceptions of oauth4webapi, which quote URLs and bodies, as Problems that do not.
import * as oauth from 'oauth4webapi'
import { invalid, Problem } from '../problem.ts'
import { unexpected } from './refusal.ts'

/** Replaces the library's exceptions, which quote URLs and bodies, with a Problem of the same kind. */
export async function asProblems<T>(request: () => Promise<T>): Promise<T> {
  try {
    return await request()
  } catch (error) {
    if (error instanceof Problem) throw error
    if (error instanceof oauth.OperationProcessingError) {
      if (error.code === oauth.INVALID_SERVER_METADATA || error.code === oauth.MISSING_SERVER_METADATA) {
        throw invalid('url', 'The address of the endpoint is no address.', 'Check the addresses of the service.')
      }
      throw unexpected(null, 'The answer of the token endpoint is not what OAuth promises.')
    }
    throw error
  }
}
