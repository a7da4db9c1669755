// Asks what to do with new tokens that belong to another account than the connection’s. Both sets of tokens are kept until the
// person decides.
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { AccountDecision, Attempt } from '../../contract/attempt.ts'
import { FailurePanel } from '../kit/failure-panel.tsx'
import { useGrantdesk } from '../state/store.ts'
import { useCall } from '../state/use-call.ts'
import classes from './account-question.module.css'
import stepStyles from './step.module.css'

interface AccountQuestionProps {
  attempt: Extract<Attempt, { state: 'asking_account' }>
  onDecided: (choice: AccountDecision) => void
}

export function AccountQuestion({ attempt, onDecided }: AccountQuestionProps) {
  const decide = useCall('connect.decide')
  const [decided, setDecided] = useState<AccountDecision | null>(null)
  const found = useGrantdesk((state) => state.connections.find((one) => one.id === attempt.connectionId)?.name)
  const name = found === undefined ? 'the connection' : `“${found}”`
  const signedIn = attempt.signedInAs?.name ?? 'an account that does not name itself'
  const held = attempt.heldBy?.name ?? 'an account that is not known'
  const whose = attempt.signedInAs === null ? 'the new' : `${signedIn}’s`
  const choices: [AccountDecision, label: string, words: string][] = [
    ['keep_apart', 'Keep both', `The new tokens become a connection of their own; ${name} stays ${held}’s.`],
    [
      'replace',
      `Put ${whose} tokens into this connection`,
      `From then on ${name} is ${signedIn}’s. The tokens that it holds now are forgotten here.`,
    ],
    ['discard', `Forget ${whose} tokens`, `They are revoked where the service offers that; ${name} stays as it was.`],
  ]

  async function choose(choice: AccountDecision) {
    setDecided(choice)
    onDecided(choice)
    await decide.call({ id: attempt.id, choice })
  }

  return (
    <section className={stepStyles.section} aria-label="Another account">
      <p className={classes.question}>
        You signed in as <strong>{signedIn}</strong>
        {attempt.signedInAs?.email && ` (${attempt.signedInAs.email})`}; this connection is <strong>{held}</strong>’s.
      </p>
      <ul className={classes.decisions}>
        {choices.map(([choice, label, words]) => (
          <li key={choice}>
            <Button
              ref={choice === 'keep_apart' ? focusOnce : undefined}
              size="xs"
              variant={choice === 'keep_apart' ? 'filled' : 'default'}
              disabled={decide.pending && decided !== choice}
              loading={decide.pending && decided === choice}
              aria-describedby={`decision-${choice}`}
              onClick={() => void choose(choice)}
            >
              {label}
            </Button>
            <p id={`decision-${choice}`}>{words}</p>
          </li>
        ))}
      </ul>
      {decide.failure && <FailurePanel failure={decide.failure} onClose={decide.clear} />}
    </section>
  )
}

/** The answer that loses nothing is the nearest. */
function focusOnce(button: HTMLButtonElement | null) {
  button?.focus({ preventScroll: true })
}
