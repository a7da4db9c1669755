// Makes a backup: the vault's present passphrase where there is one, because everything is handed out, and a new one for the
// file, twice. What is typed lives in the fields' own state, only until it is answered.
import { Button, Group, Modal, PasswordInput } from '@mantine/core'
import { type FormEvent, useRef, useState } from 'react'
import type { LeftOut } from '../../contract/backup.ts'
import { FailurePanel } from '../kit/failure-panel.tsx'
import fieldStyles from '../kit/field.module.css'
import { Notice } from '../kit/notice.tsx'
import rowStyles from '../kit/row.module.css'
import { takeHandedOut } from '../kit/save-text.ts'
import textStyles from '../kit/text.module.css'
import { toast } from '../kit/toasts.tsx'
import { NewPassphraseFields, passphraseField } from '../passphrase/new-passphrase-fields.tsx'
import { passphraseProblem } from '../passphrase/passphrase-problem.ts'
import { useWaitAfterWrong } from '../passphrase/use-wait-after-wrong.ts'
import { wrongPresentWords } from '../passphrase/wrong-present-words.ts'
import { useCall } from '../state/use-call.ts'

interface MakeBackupProps {
  /** Whether the vault has a passphrase, which has to be given. */
  asksPresent: boolean
  onClose(): void
}

function MakeBackup({ asksPresent, onClose }: MakeBackupProps) {
  const make = useCall('backup.make')
  const [present, setPresent] = useState('')
  const [first, setFirst] = useState('')
  const [second, setSecond] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [made, setMade] = useState<{ where: string; leftOut: LeftOut[] } | null>(null)
  const presentField = useRef<HTMLInputElement>(null)
  const wait = useWaitAfterWrong(make.failure)
  const wrong = make.failure?.kind === 'wrong_passphrase'

  async function submit(event: FormEvent) {
    event.preventDefault()
    const found = passphraseProblem(first, second)
    setProblem(found)
    if (found !== null || wait > 0 || make.pending) return
    const answer = await make.call({ passphrase: first, present: asksPresent ? present : undefined })
    if (!answer.ok) {
      if (answer.failure.kind !== 'wrong_passphrase') return
      setPresent('')
      presentField.current?.focus()
      return
    }
    const where = takeHandedOut(answer.value, 'application/jose')
    const { leftOut } = answer.value
    if (leftOut.length > 0) return setMade({ where, leftOut })
    toast({ message: `The backup is made. ${where}`, tone: 'good' })
    onClose()
  }

  if (made) return <Incomplete {...made} onClose={onClose} />
  return (
    <form onSubmit={submit} autoComplete="off" className={fieldStyles.fields}>
      {asksPresent && (
        <PasswordInput
          {...passphraseField}
          ref={presentField}
          label="Present passphrase of the vault"
          description="A backup hands out every token, so it is asked for again."
          value={present}
          onChange={(event) => setPresent(event.currentTarget.value)}
          error={wrong ? wrongPresentWords(wait) : null}
          data-autofocus
        />
      )}
      <NewPassphraseFields
        label="Passphrase of the backup"
        {...{ first, second, problem }}
        onFirst={setFirst}
        onSecond={setSecond}
        autoFocus={!asksPresent}
      />
      <p className={textStyles.text}>
        A file can be copied and guessed at for ever: choose a strong one, and keep it. Without it nobody opens the
        backup.
      </p>
      {make.failure && !wrong && make.failure.kind !== 'cancelled' && <FailurePanel failure={make.failure} />}
      <Group justify="flex-end" gap={8}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={make.pending} disabled={wait > 0 || (asksPresent && present === '')}>
          Make backup
        </Button>
      </Group>
    </form>
  )
}

/** Made, but not of everything: what is damaged cannot be sealed anew. */
function Incomplete({ where, leftOut, onClose }: { where: string; leftOut: LeftOut[]; onClose(): void }) {
  return (
    <div className={fieldStyles.fields}>
      <p className={textStyles.text}>The backup is made. {where}</p>
      <Notice>These are damaged in the vault and are not in the backup:</Notice>
      <ul className={rowStyles.rows} aria-label="Not in the backup">
        {leftOut.map(({ what, name }) => (
          <li key={`${what} ${name}`} className={rowStyles.row}>
            <span className={rowStyles.rowName}>{name}</span>
            <span className={textStyles.dim}>{what}</span>
          </li>
        ))}
      </ul>
      <Group justify="flex-end">
        <Button onClick={onClose}>Close</Button>
      </Group>
    </div>
  )
}

/** The dialog; what was typed is gone when it closes. */
export function MakeBackupDialog({ opened, ...props }: MakeBackupProps & { opened: boolean }) {
  return (
    <Modal opened={opened} onClose={props.onClose} title="Make a backup" size={460}>
      <MakeBackup {...props} />
    </Modal>
  )
}
