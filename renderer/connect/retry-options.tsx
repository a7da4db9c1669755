// What to try after a failure: another client authentication method, other PKCE, another grant, or the service’s page.
import { Button } from '@mantine/core'
import { clientAuthenticationWords } from '../../contract/client-authentication-words.ts'
import type { Failure } from '../../contract/failure.ts'
import type { ClientAuthentication, Pkce } from '../../contract/service.ts'
import { OpenPage } from '../kit/open-page.tsx'
import { lowered } from './grant-words.ts'

interface RetryOptionsProps {
  failure: Failure
  retrying: boolean
  onTryAuthentication: (method: ClientAuthentication) => void
  onTryPkce: (pkce: Pkce) => void
  onUseInstead: (grantId: string) => void
}

export function RetryOptions({ failure, retrying, onTryAuthentication, onTryPkce, onUseInstead }: RetryOptionsProps) {
  if (failure.kind === 'not_supported' && failure.insteadGrant) {
    const { id, name } = failure.insteadGrant
    return (
      <Button size="xs" onClick={() => onUseInstead(id)}>
        Use the {lowered(name)} instead
      </Button>
    )
  }
  if (failure.kind === 'cut_off' && failure.page !== undefined) {
    return <OpenPage url={failure.page} label="Open the service’s page" />
  }
  if (failure.kind !== 'refused') return null
  return (
    <>
      {failure.tryPkce?.map((pkce) => (
        <Button key={pkce} size="xs" variant="default" loading={retrying} onClick={() => onTryPkce(pkce)}>
          {pkce === 'off' ? 'Try without PKCE' : `Try with PKCE: ${pkce}`}
        </Button>
      ))}
      {failure.page !== undefined && <OpenPage url={failure.page} label="Open the service’s page" />}
      {failure.tryAuthentication?.map((method) => (
        <Button key={method} size="xs" variant="default" loading={retrying} onClick={() => onTryAuthentication(method)}>
          Try with: {clientAuthenticationWords[method]}
        </Button>
      ))}
    </>
  )
}
