// After a refresh that was refused for the client's sake: the other client authentication methods, each one try away, with what
// a refused one may cost said before. The host keeps the one that worked; the others leave the client as it was.
import { Button } from '@mantine/core'
import { useState } from 'react'
import {
  clientAuthenticationWords,
  refusedAuthenticationRisk,
  risksGrant,
} from '../../contract/client-authentication-words.ts'
import type { ConnectionView } from '../../contract/connection.ts'
import type { Failure } from '../../contract/failure.ts'
import type { ClientAuthentication } from '../../contract/service.ts'
import { Confirm } from '../kit/confirm.tsx'
import { toast } from '../kit/toasts.tsx'
import { useCall } from '../state/use-call.ts'
import classes from './other-authentication.module.css'

interface OtherAuthenticationProps {
  connection: ConnectionView
  failure: Failure
}

export function OtherAuthentication({ connection, failure }: OtherAuthenticationProps) {
  const refresh = useCall('connections.refresh')
  const [tried, setTried] = useState<ClientAuthentication[]>([])
  const [trying, setTrying] = useState<ClientAuthentication | null>(null)
  const [asking, setAsking] = useState<ClientAuthentication | null>(null)
  const offered = failure.kind === 'refused' ? (failure.tryAuthentication ?? []) : []
  if (offered.length === 0 || connection.clientId === null) return null

  async function tryWith(method: ClientAuthentication) {
    setAsking(null)
    setTrying(method)
    const answer = await refresh.call({ id: connection.id, clientAuthentication: method })
    setTrying(null)
    if (answer.ok) {
      const words = clientAuthenticationWords[method]
      toast({ message: `Refreshed. ${connection.clientName ?? 'The client'} from now on: ${words}.`, tone: 'good' })
    } else setTried((before) => [...before, method])
  }

  return (
    <>
      {offered
        .filter((method) => !tried.includes(method))
        .map((method) => (
          <Button
            key={method}
            size="xs"
            variant="default"
            loading={trying === method}
            disabled={trying !== null && trying !== method}
            onClick={() => (risksGrant(connection) ? setAsking(method) : void tryWith(method))}
          >
            Try with: {clientAuthenticationWords[method]}
          </Button>
        ))}
      {asking !== null && (
        <Confirm
          opened
          title={`Try with: ${clientAuthenticationWords[asking]}?`}
          action="Try it"
          destructive={false}
          onConfirm={() => void tryWith(asking)}
          onClose={() => setAsking(null)}
        >
          {refusedAuthenticationRisk}
        </Confirm>
      )}
      {tried.length > 0 && (
        <span className={classes.tried} role="status">
          Tried without success: {tried.map((method) => clientAuthenticationWords[method]).join('; ')}. The client is as
          it was. {refresh.failure?.message}
        </span>
      )}
    </>
  )
}
