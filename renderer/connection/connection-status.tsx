// What a connection needs from the person: a refusal in the server’s words, an expiry that nothing renews, a workspace to choose.
// Empty if it needs nothing.
import { Button } from '@mantine/core'
import type { ConnectionView as Connection } from '../../contract/connection.ts'
import { awaitsWorkspace } from '../../contract/connection-state.ts'
import { RecoverButton } from '../damage/recover-button.tsx'
import { RelativeTime } from '../kit/countdown.tsx'
import { FailurePanel } from '../kit/failure-panel.tsx'
import { countWords } from '../kit/format.ts'
import { Notice } from '../kit/notice.tsx'
import { OpenPage } from '../kit/open-page.tsx'
import { ShowFlow } from '../kit/show-flow.tsx'
import { StartPractice } from '../kit/start-practice.tsx'
import { tokenWarningOf } from '../kit/token-warning.ts'
import { useGrantdesk } from '../state/store.ts'
import { useNow } from '../state/use-now.ts'
import classes from './connection-status.module.css'
import { endNotice } from './end-words.ts'
import { OtherAuthentication } from './other-authentication.tsx'
import { AcceptedRevocation, RevocationOutcome } from './revocation-outcome.tsx'

const damageTitles: Record<NonNullable<Connection['damage']>, string> = {
  tokens: 'The tokens of this connection are damaged.',
  client: 'The client of this connection is damaged.',
  client_secret: 'The client secret of this connection is damaged.',
  service: 'The service of this connection is damaged.',
}

/** The id of the record that `damage` names. */
function idOf({ damage, id, clientId, serviceId }: Connection): string | null {
  if (damage === 'tokens') return id
  return damage === 'service' ? serviceId : clientId
}

interface ConnectionStatusProps {
  connection: Connection
  /** The flow whose failure marked it, if one did. */
  flowId: string | null
  /** The client's secret is to be replaced: the dialog outlives what is said here. */
  onReplaceSecret: () => void
}

export function ConnectionStatus({ connection, flowId, onReplaceSecret }: ConnectionStatusProps) {
  const go = useGrantdesk((state) => state.go)
  const damagedNow = useGrantdesk((state) => state.damaged)
  const { status } = connection
  if (status.kind === 'good') return <Needs connection={connection} />
  if (status.kind === 'revocation_accepted')
    return (
      <div className={classes.status}>
        <AcceptedRevocation id={connection.id} busy={connection.busy !== null} revocation={status.revocation} />
      </div>
    )
  if (status.kind === 'revoked')
    return (
      <div className={classes.status}>
        <RevocationOutcome revocation={status.revocation} />
      </div>
    )
  const { failure } = status
  const damaged = damagedNow.find(({ kind, id }) => kind === connection.damage && id === idOf(connection))
  const clientRefused = failure.kind === 'refused' && failure.clientRefused === true && connection.clientId !== null
  const replaces = clientRefused || connection.damage === 'client_secret'
  return (
    <div className={classes.status}>
      <FailurePanel
        failure={failure}
        title={connection.damage ? damageTitles[connection.damage] : 'This connection needs attention.'}
      >
        {damaged?.recoverable && <RecoverButton />}
        {replaces && (
          <Button size="xs" onClick={onReplaceSecret}>
            Replace the client’s secret
          </Button>
        )}
        <StartPractice failure={failure} clientId={connection.clientId} />
        {failure.kind === 'refused' && failure.page !== undefined && (
          <OpenPage url={failure.page} label="Open the service’s page" />
        )}
        <OtherAuthentication key={status.since} connection={connection} failure={failure} />
        <Button
          size="xs"
          variant={replaces || damaged?.recoverable ? 'default' : 'filled'}
          onClick={() => go({ name: 'connect', reconnect: connection.id })}
        >
          {connection.grantType === 'static_token' ? 'Replace the token' : 'Connect again'}
        </Button>
        <ShowFlow flowId={flowId} />
        <span className={classes.since}>
          since <RelativeTime at={status.since} />
          {failure.kind !== 'vault_broken' && '; the tokens are kept until you decide'}
        </span>
      </FailurePanel>
    </div>
  )
}

function Needs({ connection }: { connection: Connection }) {
  const go = useGrantdesk((state) => state.go)
  const ending = endNotice(connection, useNow())
  const choosing = awaitsWorkspace(connection)
  const warning = tokenWarningOf(connection)
  if (ending === null && !choosing && warning === null) return null
  return (
    <div className={classes.needs}>
      {warning !== null && <Notice>{warning}</Notice>}
      {choosing && (
        <Notice>
          The tokens reach {countWords(connection.workspaces.length, 'workspace')}, and requests need to say which one.
          Choose it above.
        </Notice>
      )}
      {ending !== null && (
        <Notice
          action={
            <Button size="xs" variant="default" onClick={() => go({ name: 'connect', reconnect: connection.id })}>
              {connection.grantType === 'static_token' ? 'Replace the token' : 'Reconnect now'}
            </Button>
          }
        >
          {ending}
        </Notice>
      )}
    </div>
  )
}
