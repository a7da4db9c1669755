// That a client uses less of PKCE than its service is described with: said wherever the client is, and undone in one click.
import { Button } from '@mantine/core'
import type { ClientView } from '../../contract/client.ts'
import { pkceLabel } from '../../contract/pkce-words.ts'
import type { ServiceView } from '../../contract/service.ts'
import { useCall } from '../state/use-call.ts'
import { FailurePanel } from './failure-panel.tsx'
import { Notice } from './notice.tsx'

interface PkceOffProps {
  client: ClientView
  service: ServiceView
  onTurnedOn?: () => void
}

export function PkceOff({ client, service, onTurnedOn }: PkceOffProps) {
  const save = useCall('clients.save')
  const { id, name, serviceId, baseUrl, clientId, clientAuthentication, redirect } = client
  const turnOn = async () => {
    const { pkce } = service
    const answer = await save.call({ id, name, serviceId, baseUrl, clientId, clientAuthentication, redirect, pkce })
    if (answer.ok) onTurnedOn?.()
  }
  return (
    <>
      <Notice
        action={
          <Button
            size="xs"
            variant="default"
            loading={save.pending}
            aria-label={`Use PKCE ${service.pkce} for ${client.name}`}
            onClick={() => void turnOn()}
          >
            Use PKCE {service.pkce}
          </Button>
        }
      >
        {pkceLabel(client.pkce)}: anybody who reads{' '}
        {client.pkce === 'off' ? 'the redirect' : 'the authorization request'} can use the code.
      </Notice>
      {save.failure && <FailurePanel failure={save.failure} onClose={save.clear} />}
    </>
  )
}
