// The new tokens are another account's: what is to become of them is the person's word.
import { Button } from '@mantine/core'
import type { AccountDecision, Attempt } from '../../contract/attempt.ts'
import { FailurePanel } from '../kit/failure-panel.tsx'
import { useGrantdesk } from '../state/store.ts'
import { useCall } from '../state/use-call.ts'
import classes from './connect.module.css'

export function AccountQuestion({ attempt }: { attempt: Extract<Attempt, { state: 'asking_account' }> }) {
  const decide = useCall('connect.decide')
  const name = useGrantdesk((state) => state.connections.find((one) => one.id === attempt.connectionId)?.name)
  const signedIn = attempt.signedInAs?.name ?? 'an account that does not name itself'
  const choices: [AccountDecision, string, string][] = [
    ['keep_apart', 'Keep both', `The new tokens become a connection of their own; “${name}” stays as it is.`],
    ['replace', 'Put them into this connection', `“${name}” becomes ${signedIn}’s; its old tokens are forgotten.`],
    ['discard', 'Forget the new tokens', 'They are revoked where the service can do that; nothing else changes.'],
  ]
  return (
    <section className={classes.section} aria-label="Another account">
      <p>
        You signed in as <strong>{signedIn}</strong>; this connection is{' '}
        <strong>{attempt.heldBy?.name ?? 'of an unknown account'}</strong>.
      </p>
      {choices.map(([choice, label, words]) => (
        <div key={choice} className={classes.where}>
          <p>{words}</p>
          <Button
            size="xs"
            variant={choice === 'keep_apart' ? 'filled' : 'default'}
            loading={decide.pending}
            onClick={() => void decide.call({ id: attempt.id, choice })}
          >
            {label}
          </Button>
        </div>
      ))}
      {decide.failure && <FailurePanel failure={decide.failure} onClose={decide.clear} />}
    </section>
  )
}
