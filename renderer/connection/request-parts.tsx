// Headers and body of a test request as they are typed. What the host adds by itself is only shown between them.
import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { languageOf } from '../code/body-text.ts'
import { CodeEditor } from '../code/code.tsx'
import panelStyles from './panel.module.css'
import { type HeaderField, headerField, type RequestDraft } from './ready-request.ts'
import classes from './request-parts.module.css'

interface RequestPartsProps {
  draft: RequestDraft
  withBody: boolean
  onChange: (change: Partial<RequestDraft>) => void
  /** What stands between headers and body. */
  children: ReactNode
}

export function RequestParts({ draft, withBody, onChange, children }: RequestPartsProps) {
  const type = draft.headers.find((field) => field.name.toLowerCase() === 'content-type')?.value ?? null
  return (
    <>
      <HeaderFields fields={draft.headers} onChange={(headers) => onChange({ headers })} />
      {children}
      {withBody && (
        <div>
          <h2 className={panelStyles.partTitle}>Body</h2>
          <CodeEditor
            text={draft.body}
            language={type === null ? 'json' : languageOf(draft.body, type)}
            label="Request body"
            hint="Empty"
            onChange={(body) => onChange({ body })}
          />
        </div>
      )}
    </>
  )
}

interface HeaderFieldsProps {
  fields: HeaderField[]
  onChange: (fields: HeaderField[]) => void
}

function HeaderFields({ fields, onChange }: HeaderFieldsProps) {
  function change(key: string, next: Partial<HeaderField>) {
    onChange(fields.map((field) => (field.key === key ? { ...field, ...next } : field)))
  }
  return (
    <div>
      <div className={panelStyles.partBar}>
        <h2 className={panelStyles.partTitle}>Headers</h2>
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconPlus size={13} aria-hidden />}
          onClick={() => onChange([...fields, headerField()])}
        >
          Add header
        </Button>
      </div>
      {fields.map((field, index) => (
        <div className={classes.headerField} key={field.key}>
          <TextInput
            size="xs"
            aria-label={`Header ${index + 1}`}
            placeholder="Name"
            spellCheck={false}
            autoComplete="off"
            value={field.name}
            onChange={(event) => change(field.key, { name: event.currentTarget.value })}
          />
          <TextInput
            size="xs"
            aria-label={`Header ${index + 1} value`}
            placeholder="Value"
            spellCheck={false}
            autoComplete="off"
            value={field.value}
            onChange={(event) => change(field.key, { value: event.currentTarget.value })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Delete header ${index + 1}`}
            onClick={() => onChange(fields.filter((one) => one.key !== field.key))}
          >
            <IconTrash size={15} aria-hidden />
          </ActionIcon>
        </div>
      ))}
    </div>
  )
}
