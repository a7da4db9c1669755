// The client authentication of the grants that have a method of their own: each can be given another one for this client.
import { Select } from '@mantine/core'
import { type ClientInput, methodFor, usingMethod } from '../../contract/client.ts'
import { clientAuthenticationWords } from '../../contract/client-authentication-words.ts'
import type { ClientAuthentication, ServiceView } from '../../contract/service.ts'

interface GrantMethodsProps {
  service: ServiceView
  chosen: NonNullable<ClientInput['grantAuthentication']>
  onChange(change: Pick<ClientInput, 'grantAuthentication'>): void
}

export function GrantMethods({ service, chosen, onChange }: GrantMethodsProps) {
  const { allowed, default: usual } = service.clientAuthentication
  return service.grants.map((grant) => {
    const own = grant.clientAuthentication
    if (own === undefined) return null
    const now = { clientAuthentication: usual, grantAuthentication: chosen }
    const method = methodFor(now, grant)
    const methods = [...new Set([own, ...allowed.filter((one) => one !== 'none'), method])]
    return (
      <Select
        key={grant.id}
        label={`Client authentication for: ${grant.name}`}
        allowDeselect={false}
        data={methods.map((value) => ({
          value,
          label: value === own ? `${clientAuthenticationWords[value]}, as usual` : clientAuthenticationWords[value],
        }))}
        value={method}
        onChange={(value) => {
          if (!value) return
          const { grantAuthentication } = usingMethod(now, grant, value as ClientAuthentication)
          onChange({ grantAuthentication })
        }}
      />
    )
  })
}
