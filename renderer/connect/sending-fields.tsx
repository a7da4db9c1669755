// How a token that the person hands over is sent: its header, and what stands before it.
import { TextInput } from '@mantine/core'
import type { DetailProblems } from './detail-problems.ts'
import { plainField } from './field-looks.ts'
import classes from './sending-fields.module.css'
import stepStyles from './step.module.css'
import { placementWords, type TokenForm } from './token-form.ts'

interface SendingFieldsProps {
  token: TokenForm
  problems: DetailProblems
  onChange: (token: TokenForm) => void
}

export function SendingFields({ token, problems, onChange }: SendingFieldsProps) {
  return (
    <section className={stepStyles.section} aria-label="How it is sent">
      <h2>How it is sent</h2>
      <div className={stepStyles.pair}>
        <TextInput
          {...plainField}
          label="Header"
          error={problems.header}
          value={token.header}
          onChange={(event) => onChange({ ...token, header: event.currentTarget.value })}
        />
        <TextInput
          {...plainField}
          label="Prefix"
          placeholder="None"
          value={token.prefix}
          onChange={(event) => onChange({ ...token, prefix: event.currentTarget.value })}
        />
      </div>
      <code className={classes.sample}>{placementWords(token)}</code>
    </section>
  )
}
