// Switches automatic refresh of a connection’s token on or off, and says what that means now.
import { Switch } from '@mantine/core'
import type { ConnectionView } from '../../contract/connection.ts'
import { renewalOf } from '../../contract/renewal.ts'
import { FailurePanel } from '../kit/failure-panel.tsx'
import { useCall } from '../state/use-call.ts'
import { useNow } from '../state/use-now.ts'

/** Nothing where nothing can be renewed. */
export function AutoRefresh({ connection }: { connection: ConnectionView }) {
  const set = useCall('connections.setAutoRefresh')
  const now = useNow()
  const { id, autoRefresh, refreshable } = connection
  if (!refreshable) return null
  return (
    <>
      <Switch
        size="xs"
        mt="sm"
        label="Renew by itself"
        description={words(connection, now)}
        checked={autoRefresh}
        disabled={set.pending}
        onChange={(event) => void set.call({ id, autoRefresh: event.currentTarget.checked })}
      />
      {set.failure && <FailurePanel failure={set.failure} title="This was not changed." onClose={set.clear} />}
    </>
  )
}

function words(connection: ConnectionView, now: number): string {
  const renewal = renewalOf(connection, now)
  if (renewal === 'off') return 'Off: a new access token is asked for only when one is needed.'
  if (renewal === 'end_not_known')
    return 'On, but the service does not say when the access token ends: refresh by hand.'
  if (renewal === 'ended_at_once')
    return 'On, but the access token had ended when it came, and so would the next: check the clock of this machine.'
  if (renewal === 'refresh_token_ended') return 'On, but the refresh token has ended: reconnect.'
  if (connection.grantType === 'client_credentials')
    return 'On while the token is in use: shortly before it ends, a new one is asked for.'
  return 'On: shortly before the access token ends, a new one is asked for, as long as Grantdesk runs and the vault is open.'
}
