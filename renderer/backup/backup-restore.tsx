// Restores from a backup: a file and its passphrase, then what it holds beside what is here, then what came and what stayed.
import { Button, FileButton, Group, Modal, PasswordInput } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { type DragEvent, type FormEvent, useRef, useState } from 'react'
import { type BackupContents, longestBackup } from '../../contract/backup.ts'
import type { Failure } from '../../contract/failure.ts'
import type { ProcedureOutput } from '../../contract/procedures.ts'
import { FailurePanel } from '../kit/failure-panel.tsx'
import { sizeWords } from '../kit/format.ts'
import { passphraseField } from '../passphrase/new-passphrase-fields.tsx'
import { useCall } from '../state/use-call.ts'
import { BackupChoice } from './backup-choice.tsx'
import classes from './backup-restore.module.css'
import { BackupRestored } from './backup-restored.tsx'

interface Chosen {
  name: string
  text: string
}

type RestoreStep =
  | { name: 'file' }
  | { name: 'choice'; contents: BackupContents }
  | { name: 'done'; answer: ProcedureOutput<'backup.restore'> }

const tooLarge = (name: string, size: number): Failure => ({
  kind: 'conflict',
  message: `${name} is ${sizeWords(size)}, which is more than any backup of Grantdesk.`,
  remedy: 'Choose a file that Grantdesk wrote with Make a backup.',
})

const unreadable = (name: string): Failure => ({
  kind: 'conflict',
  message: `${name} cannot be read: it was changed or taken away since it was chosen.`,
  remedy: 'Choose it again.',
})

function RestoreBackup({ onClose }: { onClose(): void }) {
  const [file, setFile] = useState<Chosen | null>(null)
  const [fileFailure, setFileFailure] = useState<Failure | null>(null)
  const [passphrase, setPassphrase] = useState('')
  const [step, setStep] = useState<RestoreStep>({ name: 'file' })
  const inspect = useCall('backup.inspect')
  const restore = useCall('backup.restore')
  const wrong = inspect.failure?.kind === 'wrong_passphrase'

  async function take(chosen: File | null) {
    inspect.clear()
    setFileFailure(null)
    if (!chosen) return
    setFile(null)
    if (chosen.size > longestBackup) return setFileFailure(tooLarge(chosen.name, chosen.size))
    const text = await chosen.text().catch(() => null)
    if (text === null) return setFileFailure(unreadable(chosen.name))
    setFile({ name: chosen.name, text })
  }

  async function look(event: FormEvent) {
    event.preventDefault()
    if (!file || inspect.pending) return
    const answer = await inspect.call({ text: file.text, passphrase })
    if (answer.ok) setStep({ name: 'choice', contents: answer.value })
  }

  async function run(connections: string[]) {
    if (!file) return
    const answer = await restore.call({ text: file.text, passphrase, connections })
    if (answer.ok) setStep({ name: 'done', answer: answer.value })
  }

  if (step.name === 'done') return <BackupRestored answer={step.answer} onClose={onClose} />
  if (step.name === 'choice') {
    return (
      <BackupChoice
        contents={step.contents}
        pending={restore.pending}
        failure={restore.failure}
        onRestore={(connections) => void run(connections)}
        onClose={onClose}
      />
    )
  }
  return (
    <form onSubmit={look} autoComplete="off" className={classes.fields}>
      <DropPlace file={file} onFile={(chosen) => void take(chosen)} />
      {fileFailure && <FailurePanel failure={fileFailure} />}
      <PasswordInput
        {...passphraseField}
        label="Passphrase of the backup"
        value={passphrase}
        onChange={(event) => setPassphrase(event.currentTarget.value)}
        error={wrong ? inspect.failure?.message : null}
      />
      {inspect.failure && !wrong && <FailurePanel failure={inspect.failure} />}
      <Group justify="flex-end" gap={8}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={inspect.pending} disabled={file === null || passphrase === ''}>
          Look inside
        </Button>
      </Group>
    </form>
  )
}

/** A file by button or by dropping it here. */
function DropPlace({ file, onFile }: { file: Chosen | null; onFile(file: File | null): void }) {
  const [over, setOver] = useState(false)
  // A browser says nothing when the file that is chosen already is chosen again.
  const reset = useRef<() => void>(null)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    onFile(event.dataTransfer.files[0] ?? null)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button is the first
    <div
      className={classes.drop}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <FileButton
        accept=".jwe,application/jose,text/plain"
        resetRef={reset}
        onChange={(chosen) => {
          onFile(chosen)
          reset.current?.()
        }}
      >
        {(props) => (
          <Button
            {...props}
            variant="default"
            leftSection={<IconFileImport size={15} aria-hidden="true" />}
            data-autofocus
          >
            {file ? 'Choose another file' : 'Choose the file'}
          </Button>
        )}
      </FileButton>
      <span className={classes.dropWords} role="status">
        {file ? file.name : 'or drop it here'}
      </span>
    </div>
  )
}

/** The dialog; what was typed and read is gone when it closes. */
export function RestoreBackupDialog({ opened, onClose }: { opened: boolean; onClose(): void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Restore from a backup" size={680}>
      <RestoreBackup onClose={onClose} />
    </Modal>
  )
}
