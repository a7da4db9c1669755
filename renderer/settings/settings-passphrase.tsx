// Adding a passphrase to the vault, or changing it. What is typed lives in the fields' own state, only until it is answered.
import { Button, Group, Modal, PasswordInput } from '@mantine/core'
import { type FormEvent, useRef, useState } from 'react'
import { FailurePanel } from '../kit/failure-panel.tsx'
import fieldStyles from '../kit/field.module.css'
import textStyles from '../kit/text.module.css'
import { toast } from '../kit/toasts.tsx'
import { NewPassphraseFields, passphraseField } from '../passphrase/new-passphrase-fields.tsx'
import { passphraseProblem } from '../passphrase/passphrase-problem.ts'
import { useWaitAfterWrong } from '../passphrase/use-wait-after-wrong.ts'
import { wrongPresentWords } from '../passphrase/wrong-present-words.ts'
import { useCall } from '../state/use-call.ts'

interface PassphraseFormProps {
  /** Whether there is one now, which has to be given. */
  change: boolean
  onDone(): void
}

function PassphraseForm({ change, onDone }: PassphraseFormProps) {
  const set = useCall('vault.setPassphrase')
  const [present, setPresent] = useState('')
  const [first, setFirst] = useState('')
  const [second, setSecond] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const presentField = useRef<HTMLInputElement>(null)
  const wrong = set.failure?.kind === 'wrong_passphrase'
  const wait = useWaitAfterWrong(set.failure)

  async function submit(event: FormEvent) {
    event.preventDefault()
    const found = passphraseProblem(first, second)
    setProblem(found)
    if (found !== null || wait > 0 || set.pending) return
    const answer = await set.call({ passphrase: first, present: change ? present : undefined })
    if (answer.ok) {
      toast({ message: change ? 'The passphrase is changed.' : 'The passphrase opens the vault, too.', tone: 'good' })
      return onDone()
    }
    setPresent('')
    presentField.current?.focus()
  }

  return (
    <form onSubmit={submit} autoComplete="off" className={fieldStyles.fields}>
      {change && (
        <PasswordInput
          {...passphraseField}
          ref={presentField}
          label="Present passphrase"
          value={present}
          onChange={(event) => setPresent(event.currentTarget.value)}
          error={wrong ? wrongPresentWords(wait) : null}
          data-autofocus
        />
      )}
      <NewPassphraseFields
        label="New passphrase"
        {...{ first, second, problem }}
        onFirst={setFirst}
        onSecond={setSecond}
        autoFocus={!change}
      />
      <p className={textStyles.text}>It cannot be recovered. Grantdesk stores neither it nor a hint.</p>
      {set.failure && !wrong && <FailurePanel failure={set.failure} />}
      <Group justify="flex-end" gap={8}>
        <Button variant="default" onClick={onDone}>
          Cancel
        </Button>
        <Button type="submit" loading={set.pending} disabled={wait > 0 || (change && present === '')}>
          {change ? 'Change passphrase' : 'Add passphrase'}
        </Button>
      </Group>
    </form>
  )
}

/** The dialog; what was typed is gone when it closes. */
export function PassphraseDialog({ opened, change, onClose }: { opened: boolean; change: boolean; onClose(): void }) {
  return (
    <Modal opened={opened} onClose={onClose} title={change ? 'Change the passphrase' : 'Add a passphrase'} size={460}>
      <PassphraseForm change={change} onDone={onClose} />
    </Modal>
  )
}
