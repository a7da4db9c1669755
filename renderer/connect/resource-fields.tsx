// Resource indicators: the APIs that the tokens are for. @see RFC 8707 §2
import { ActionIcon, Button } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { PastedField } from '../kit/pasted-field.tsx'
import textStyles from '../kit/text.module.css'
import type { Resource } from './connect-draft.ts'
import { plainField } from './field-looks.ts'
import classes from './resource-fields.module.css'
import stepStyles from './step.module.css'

const most = 10

interface ResourceFieldsProps {
  /** Those that the grant always sends; they are shown and not changed. */
  fixed: string[]
  resources: Resource[]
  /** By the keys of the resources. */
  problems: Record<string, string>
  onChange: (resources: Resource[]) => void
}

export function ResourceFields({ fixed, resources, problems, onChange }: ResourceFieldsProps) {
  return (
    <div>
      <div className={stepStyles.fieldsHead}>
        <span className={stepStyles.label}>Resource indicators</span>
        <span className={stepStyles.spacer} />
        <Button
          size="compact-xs"
          variant="subtle"
          disabled={resources.length + fixed.length >= most}
          leftSection={<IconPlus size={13} aria-hidden />}
          onClick={() => onChange([...resources, { key: crypto.randomUUID(), value: '' }])}
        >
          Add resource
        </Button>
      </div>
      <p className={textStyles.hint}>
        {fixed.length > 0 ? (
          <>
            Always sent: <code>{fixed.join(' ')}</code>
          </>
        ) : (
          resources.length === 0 && 'None. They name the APIs that the tokens are for (RFC 8707).'
        )}
      </p>
      {resources.map(({ key, value }, index) => (
        <div className={classes.row} key={key}>
          <PastedField
            kind="address"
            {...plainField}
            size="xs"
            aria-label={`Resource ${index + 1}`}
            placeholder="https://api.example.com/"
            error={problems[key]}
            value={value}
            onValue={(next) => onChange(resources.map((one) => (one.key === key ? { key, value: next } : one)))}
          />
          <ActionIcon
            mt={7}
            aria-label={`Delete resource ${index + 1}`}
            onClick={() => onChange(resources.filter((one) => one.key !== key))}
          >
            <IconTrash size={15} aria-hidden />
          </ActionIcon>
        </div>
      ))}
    </div>
  )
}
