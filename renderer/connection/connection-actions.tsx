// What can be done with a connection. Each operation says how it ended; what cannot be taken back asks first.
import { Button } from '@mantine/core'
import { IconBan, IconCopy, IconPlugConnected, IconRefresh, IconTerminal2, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import type { ConnectionView } from '../../contract/connection.ts'
import type { Failure } from '../../contract/failure.ts'
import type { ProcedureInput } from '../../contract/procedures.ts'
import { isSettled, type Revocation } from '../../contract/revocation.ts'
import { Confirm } from '../kit/confirm.tsx'
import { FailurePanel } from '../kit/failure-panel.tsx'
import { ShowStartedFlow } from '../kit/show-flow.tsx'
import { StartPractice } from '../kit/start-practice.tsx'
import { toast } from '../kit/toasts.tsx'
import { useDoor } from '../state/door.tsx'
import { useGrantdesk } from '../state/store.ts'
import { useCall } from '../state/use-call.ts'
import { usePendingCommand } from '../state/use-pending-command.ts'
import { isAlreadyShown } from './already-shown.ts'
import classes from './connection-actions.module.css'
import { RevocationOutcome } from './revocation-outcome.tsx'
import { notRefreshableWords, notSendableWords, unusableWords } from './unusable.ts'
import { useSecretCopy } from './use-secret-copy.tsx'

/** What the person ended themselves has not failed, and says so by itself. */
function titleOf({ kind }: Failure): string | undefined {
  return kind === 'cancelled' ? undefined : 'The refresh failed.'
}

export function ConnectionActions({ connection }: { connection: ConnectionView }) {
  const { id } = connection
  const go = useGrantdesk((state) => state.go)
  const copySecret = useSecretCopy()
  const refresh = useCall('connections.refresh')
  const [copyFailure, setCopyFailure] = useState<Failure | null>(null)
  const [asking, setAsking] = useState(false)
  const [revocation, setRevocation] = useState<Revocation | null>(null)
  /** The head of the connection says how the revocation ended. */
  const saidAbove = connection.status.kind === 'revoked' || connection.status.kind === 'revocation_accepted'
  const busy = connection.busy !== null
  const ended = unusableWords(connection)
  const unusable = ended !== undefined
  const notSendable = notSendableWords(connection)
  usePendingCommand(id, 'revoke', () => setAsking(true))

  async function copy(what: ProcedureInput<'connections.copy'>['what']) {
    setCopyFailure(await copySecret({ id, what }))
  }

  async function runRefresh() {
    const answer = await refresh.call({ id })
    if (answer.ok)
      toast({
        message: 'Refreshed: a new access token is in its place.',
        tone: 'good',
      })
  }

  return (
    <div className={classes.actionArea}>
      <div className={classes.actions} role="toolbar" aria-label="Actions">
        <Button
          leftSection={<IconCopy size={15} aria-hidden />}
          disabled={unusable}
          title={ended}
          onClick={() => void copy('access_token')}
        >
          Copy token
        </Button>
        <Button
          variant="default"
          disabled={notSendable !== undefined}
          title={notSendable}
          onClick={() => void copy('header')}
        >
          Copy header
        </Button>
        <Button
          variant="default"
          leftSection={<IconTerminal2 size={15} aria-hidden />}
          disabled={notSendable !== undefined}
          title={notSendable}
          onClick={() => void copy('curl')}
        >
          Copy as curl
        </Button>
        <span className={classes.divider} aria-hidden />
        <Button
          variant="default"
          leftSection={<IconRefresh size={15} aria-hidden />}
          loading={connection.busy === 'refreshing'}
          disabled={!connection.refreshable || unusable || busy}
          title={ended ?? notRefreshableWords(connection)}
          onClick={() => void runRefresh()}
        >
          Refresh
        </Button>
        <Button
          variant="default"
          leftSection={<IconPlugConnected size={15} aria-hidden />}
          onClick={() => go({ name: 'connect', reconnect: id })}
        >
          {connection.grantType === 'static_token' ? 'Replace token' : 'Reconnect'}
        </Button>
        <Button
          variant="default"
          leftSection={<IconBan size={15} aria-hidden />}
          loading={connection.busy === 'revoking'}
          disabled={unusable || busy}
          title={ended}
          onClick={() => setAsking(true)}
        >
          Revoke
        </Button>
      </div>
      {refresh.failure && !isAlreadyShown(connection, refresh.failure) && (
        <FailurePanel failure={refresh.failure} title={titleOf(refresh.failure)} onClose={refresh.clear}>
          <StartPractice failure={refresh.failure} clientId={connection.clientId} />
          <ShowStartedFlow connectionId={id} kind="refresh" />
        </FailurePanel>
      )}
      {copyFailure && (
        <FailurePanel failure={copyFailure} title="Nothing was copied." onClose={() => setCopyFailure(null)} />
      )}
      {revocation && !saidAbove && (
        <RevocationOutcome revocation={revocation} onDismiss={() => setRevocation(null)}>
          <ShowStartedFlow connectionId={id} kind="revoke" />
        </RevocationOutcome>
      )}
      <AskRevoke connection={connection} opened={asking} onClose={() => setAsking(false)} onDone={setRevocation} />
    </div>
  )
}

interface AskRevokeProps {
  connection: ConnectionView
  opened: boolean
  onClose: () => void
  onDone: (revocation: Revocation) => void
}

function AskRevoke({ connection, opened, onClose, onDone }: AskRevokeProps) {
  const revoke = useCall('connections.revoke')
  const cancel = useCall('connections.cancel')
  async function run() {
    const answer = await revoke.call({ id: connection.id })
    if (!answer.ok) return
    onDone(answer.value)
    onClose()
  }
  return (
    <Confirm
      opened={opened}
      title={`Revoke ${connection.name}?`}
      action="Revoke"
      pending={revoke.pending}
      failure={revoke.failure}
      onConfirm={() => void run()}
      onClose={() => {
        // What became of it is then said in this same place.
        if (revoke.pending) return void cancel.call({ id: connection.id })
        revoke.clear()
        onClose()
      }}
    >
      Grantdesk asks {connection.serviceName} to end these tokens
      {connection.refreshable ? ', the refresh token first,' : ''} and then asks the API whether they are really dead.
      Whatever uses them elsewhere stops working. This cannot be undone.
    </Confirm>
  )
}

/** Forgets a connection here, with a way back. */
export function RemoveButton({ connection }: { connection: ConnectionView }) {
  const door = useDoor()
  const go = useGrantdesk((state) => state.go)
  const remove = useCall('connections.remove')
  const revoke = useCall('connections.revoke')
  const cancel = useCall('connections.cancel')
  /** Why it was not removed though that was wanted. */
  const [unrevoked, setUnrevoked] = useState<Revocation | null>(null)
  const [asking, setAsking] = useState(false)
  const { id, name } = connection

  async function restore() {
    const answer = await door.call('connections.restore', { id })
    if (answer.ok) go({ name: 'connection', id })
    else toast({ message: answer.failure.message, tone: 'bad' })
  }

  async function run() {
    const answer = await remove.call({ id })
    if (!answer.ok) return
    setAsking(false)
    toast({
      message: `${name} was removed. The inventory keeps it until Grantdesk closes.`,
      action: { label: 'Undo', run: () => void restore() },
    })
  }

  async function revokeAndRun() {
    setUnrevoked(null)
    const answer = await revoke.call({ id })
    if (!answer.ok) return
    if (isSettled(answer.value.outcome)) await run()
    else setUnrevoked(answer.value)
  }

  function close() {
    // What became of it is then said in this same place.
    if (revoke.pending) return void cancel.call({ id })
    remove.clear()
    revoke.clear()
    setUnrevoked(null)
    setAsking(false)
  }

  return (
    <>
      <Button
        variant="subtle"
        color="gray"
        size="xs"
        leftSection={<IconTrash size={14} aria-hidden />}
        onClick={() => setAsking(true)}
      >
        Remove
      </Button>
      <Confirm
        opened={asking}
        title={`Remove ${name}?`}
        action="Remove"
        pending={remove.pending}
        alternative={
          connection.status.kind === 'revoked'
            ? undefined
            : { action: 'Revoke and remove', pending: revoke.pending, run: () => void revokeAndRun() }
        }
        failure={remove.failure ?? revoke.failure}
        onConfirm={() => void run()}
        onClose={close}
      >
        Grantdesk forgets these tokens.{' '}
        {connection.status.kind === 'revoked'
          ? 'They were revoked already.'
          : connection.status.kind === 'revocation_accepted'
            ? `Their revocation was accepted, but not verified: they may go on working at ${connection.serviceName}.`
            : `They go on working at ${connection.serviceName} until they end: revoke them first if they should not.`}{' '}
        It can be put back from the inventory until Grantdesk closes.
        {unrevoked && (
          <p role="alert" style={{ margin: '12px 0 0' }}>
            It was not removed, for it is not revoked. {unrevoked.words}
          </p>
        )}
      </Confirm>
    </>
  )
}
