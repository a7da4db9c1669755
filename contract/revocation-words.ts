// What a revocation's outcome means, and what to do next: one wording for the window and the command line. Pure.
import type { Revocation } from './revocation.ts'

export const revocationTitles: Record<Revocation['outcome'], string> = {
  revoked: 'Revoked, and verified',
  still_works: 'Accepted, but the access token still works',
  unverified: 'Accepted, not verified',
  refused: 'Refused: nothing was revoked',
  not_offered: 'Not offered by the service',
  offline: 'The service did not answer',
}

/** What the person can do next, besides opening the service's page; empty if there is nothing. */
export function revocationRemedy({ outcome, page }: Pick<Revocation, 'outcome' | 'page'>): string {
  switch (outcome) {
    case 'revoked':
      return ''
    case 'still_works':
      return 'Check again later, or use the service’s own page.'
    case 'unverified':
      return page === null
        ? 'Check again later, or look in your account there for authorized applications.'
        : 'Check again later, or look at the service’s own page.'
    case 'refused':
      return page === null
        ? 'Revoke it in your account there, among the authorized applications, or ask its operator.'
        : 'Revoke it on the service’s own page.'
    case 'not_offered':
      // Its words say where.
      return ''
    case 'offline':
      return 'Try again.'
  }
}
