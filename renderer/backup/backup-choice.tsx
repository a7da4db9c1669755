// What a backup contains compared with the vault, with a checkbox for each connection to restore.
import { Button, Checkbox, Group } from '@mantine/core'
import { useState } from 'react'
import type { BackupContents, BackupEntry } from '../../contract/backup.ts'
import type { Failure } from '../../contract/failure.ts'
import { FailurePanel } from '../kit/failure-panel.tsx'
import { momentWords } from '../kit/format.ts'
import { Notice } from '../kit/notice.tsx'
import classes from './backup-restore.module.css'

const comparisonWords: Record<BackupEntry['comparison'], string> = {
  new: 'new',
  same: 'here already',
  differs: 'differs',
  incomplete: 'incomplete',
}

interface BackupChoiceProps {
  contents: BackupContents
  pending: boolean
  failure: Failure | null
  onRestore(connections: string[]): void
  onClose(): void
}

export function BackupChoice({ contents, pending, failure, onRestore, onClose }: BackupChoiceProps) {
  const { entries, createdAt } = contents
  const connections = entries.filter(({ kind }) => kind === 'connection')
  const [ticked, setTicked] = useState(
    () => new Set(connections.filter(({ comparison }) => comparison === 'new').map(({ id }) => id)),
  )
  const others = entries.filter(({ kind, comparison }) => kind !== 'connection' && comparison === 'new').length
  const count = ticked.size + others
  const warned = connections.filter(({ id, warning }) => warning !== null && ticked.has(id))

  const tick = (id: string, on: boolean) => {
    const next = new Set(ticked)
    if (on) next.add(id)
    else next.delete(id)
    setTicked(next)
  }

  return (
    <div className={classes.fields}>
      <p className={classes.words}>
        A backup of {momentWords(createdAt)}. What is here is never overwritten: a connection that differs comes as a
        second one, if you tick it.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and may hold nothing that can be ticked */}
      <section className={classes.scrolls} tabIndex={0} aria-label="What the backup holds, scrolls">
        <table className={classes.table} aria-label="What the backup holds">
          <thead>
            <tr>
              <th scope="col">Restore</th>
              <th scope="col">Name</th>
              <th scope="col">Kind</th>
              <th scope="col">ConnectionStatus</th>
            </tr>
          </thead>
          <tbody>
            {entries.map((entry) => (
              <Row key={`${entry.kind} ${entry.id}`} entry={entry} ticked={ticked.has(entry.id)} onTick={tick} />
            ))}
          </tbody>
        </table>
      </section>
      {warned.length > 0 && (
        <Notice>
          {warned.map(({ name }) => name).join(', ')}: {warned[0]?.warning}
        </Notice>
      )}
      {ticked.size > 0 && (
        <p className={classes.words}>
          Where the vault that was backed up is still in use, it holds the same refresh tokens: use them in one place
          only.
        </p>
      )}
      {failure && <FailurePanel failure={failure} />}
      <Group justify="flex-end" gap={8}>
        <Button variant="default" onClick={onClose}>
          {count > 0 ? 'Cancel' : 'Close'}
        </Button>
        <Button disabled={count === 0} loading={pending} onClick={() => onRestore([...ticked])}>
          {count === 0 ? 'Nothing to restore' : `Restore ${count}`}
        </Button>
      </Group>
    </div>
  )
}

interface RowProps {
  entry: BackupEntry
  ticked: boolean
  onTick(id: string, on: boolean): void
}

/** Services and clients that are new come along by themselves: connections stand on them. */
function Row({ entry: { kind, id, name, comparison, words }, ticked, onTick }: RowProps) {
  const choosable = kind === 'connection' && (comparison === 'new' || comparison === 'differs')
  const comes = kind !== 'connection' && comparison === 'new'
  return (
    <tr>
      <td>
        {(choosable || comes) && (
          <Checkbox
            aria-label={`Restore ${name}`}
            checked={choosable ? ticked : comes}
            disabled={!choosable}
            onChange={(event) => onTick(id, event.currentTarget.checked)}
          />
        )}
      </td>
      <td>{name}</td>
      <td>{kind}</td>
      <td>
        {comparisonWords[comparison]}
        {words && <span className={classes.more}>{words}</span>}
      </td>
    </tr>
  )
}
