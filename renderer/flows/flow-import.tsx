// Imports recorded logins: a button and a place to drop files, how far it is, and what was found.
import { Button, CloseButton } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { type DragEvent, type ReactNode, useRef, useState } from 'react'
import { flowImportWords } from '../../contract/flow/flow-import.ts'
import { flowOutcomeWords } from '../../contract/flow/outcome-words.ts'
import { flowTitle } from '../../contract/flow/words.ts'
import { FailurePanel } from '../kit/failure-panel.tsx'
import { countWords, sizeWords } from '../kit/format.ts'
import { grantdesk } from '../state/store.ts'
import classes from './flow-import.module.css'
import type { FlowImporting, Imported, Reading } from './use-flow-import.ts'

/** Opens the system's dialog for files. */
export function ImportButton({ start }: Pick<FlowImporting, 'start'>) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept=".har,.json,application/json"
        aria-label="Files to import"
        onChange={({ currentTarget }) => {
          start([...(currentTarget.files ?? [])])
          // The same file may be chosen again.
          currentTarget.value = ''
        }}
      />
      <Button
        variant="default"
        size="xs"
        leftSection={<IconFileImport size={14} aria-hidden="true" />}
        onClick={() => input.current?.click()}
      >
        Import
      </Button>
    </>
  )
}

/** Takes files that are dropped on what it holds. */
export function DropPlace({ start, children }: Pick<FlowImporting, 'start'> & { children: ReactNode }) {
  const [over, setOver] = useState(0)
  const holdsFiles = ({ dataTransfer }: DragEvent) => dataTransfer.types.includes('Files')
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button beside it does the same by keyboard
    <div
      className={classes.place}
      onDragEnter={(event) => holdsFiles(event) && setOver((count) => count + 1)}
      onDragLeave={(event) => holdsFiles(event) && setOver((count) => count - 1)}
      onDragOver={(event) => holdsFiles(event) && event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault()
        setOver(0)
        start([...event.dataTransfer.files])
      }}
    >
      {children}
      {over > 0 && <div className={classes.drop}>Drop HAR files or exported flows here</div>}
    </div>
  )
}

export function ImportProgress({ reading, imported, cancel, dismiss }: Omit<FlowImporting, 'start'>) {
  if (reading === null && imported.length === 0) return null
  return (
    <section className={classes.panel} aria-label="Import">
      {imported.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: names may repeat and the order never changes
        <Outcome key={at} imported={one} />
      ))}
      {reading === null ? (
        <CloseButton className={classes.close} size="sm" aria-label="Dismiss" onClick={dismiss} />
      ) : (
        <Progress reading={reading} cancel={cancel} />
      )}
    </section>
  )
}

function Progress({ reading, cancel }: { reading: Reading; cancel(): void }) {
  const { name, size, read, entries, messages } = reading
  return (
    <div className={classes.progress}>
      <p>
        Reading {name} … {sizeWords(read)} of {sizeWords(size)}
        {entries > 0 && `, ${countWords(entries, 'request')}, ${messages} of OAuth`}
      </p>
      <progress value={read} max={Math.max(1, size)} aria-label={`Reading ${name}`} />
      <Button variant="default" size="xs" onClick={cancel}>
        Cancel
      </Button>
    </div>
  )
}

function Outcome({ imported }: { imported: Imported }) {
  const { name } = imported
  if ('failure' in imported) return <FailurePanel failure={imported.failure} title={`${name} was not imported.`} />
  const { flows } = imported.result
  return (
    <div role="status" className={classes.outcome}>
      <p>
        <strong>{flows.length === 0 ? 'No flow' : countWords(flows.length, 'flow')}</strong> in {name}
      </p>
      {flowImportWords(imported.result).map((line) => (
        <p key={line} className={classes.note}>
          {line}
        </p>
      ))}
      {flows.length > 0 && (
        <ul className={classes.flows}>
          {flows.map((flow) => (
            <li key={flow.id}>
              <button type="button" className={classes.flow} onClick={() => grantdesk.getState().openFlow(flow.id)}>
                {flowTitle(flow)}
              </button>
              <span className={classes.note}>{flowOutcomeWords[flow.outcome].toLowerCase()}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
