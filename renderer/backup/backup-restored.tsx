// The result of restoring: what was restored, and what stayed as it was.
import { Button, Group } from '@mantine/core'
import type { BackupEntry } from '../../contract/backup.ts'
import type { ProcedureOutput } from '../../contract/procedures.ts'
import { countWords } from '../kit/format.ts'
import { ToneBadge } from '../kit/state-badge.tsx'
import classes from './backup-restore.module.css'

function Entries({ label, entries }: { label: string; entries: BackupEntry[] }) {
  return (
    <ul className={classes.list} aria-label={label}>
      {entries.map(({ kind, id, name, words }) => (
        <li key={`${kind} ${id}`}>
          {name} <span className={classes.more}>{[kind, words].filter(Boolean).join(' · ')}</span>
        </li>
      ))}
    </ul>
  )
}

export function BackupRestored({
  answer: { restored, left },
  onClose,
}: {
  answer: ProcedureOutput<'backup.restore'>
  onClose(): void
}) {
  return (
    <div className={classes.fields}>
      <div role="status">
        <ToneBadge tone="good" word={`${countWords(restored.length, 'entry', 'entries')} restored`} />
      </div>
      <Entries label="Restored" entries={restored} />
      {left.length > 0 && (
        <>
          <p className={classes.words}>These stayed as they were:</p>
          <Entries label="Stayed as it was" entries={left} />
        </>
      )}
      <Group justify="flex-end">
        <Button onClick={onClose} data-autofocus>
          Close
        </Button>
      </Group>
    </div>
  )
}
