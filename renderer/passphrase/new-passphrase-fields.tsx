// A new passphrase, typed twice, with how strong it is beside it. What is typed belongs to the form around it.
import { PasswordInput } from '@mantine/core'
import { shortestPassphrase } from '../../contract/vault.ts'
import { PassphraseHint } from './passphrase-hint.tsx'

export const passphraseField = { autoComplete: 'off', spellCheck: false } as const

interface NewPassphraseFieldsProps {
  /** What it is called: “New passphrase”. */
  label: string
  first: string
  second: string
  onFirst(text: string): void
  onSecond(text: string): void
  /** Why it cannot be taken, from `passphraseProblem`. */
  problem: string | null
  autoFocus?: boolean
}

export function NewPassphraseFields(props: NewPassphraseFieldsProps) {
  const { label, first, second, onFirst, onSecond, problem, autoFocus = false } = props
  const tooShort = problem !== null && first.length < shortestPassphrase
  return (
    <>
      <div>
        <PasswordInput
          {...passphraseField}
          label={label}
          value={first}
          onChange={(event) => onFirst(event.currentTarget.value)}
          error={tooShort ? problem : null}
          data-autofocus={autoFocus || undefined}
        />
        <PassphraseHint passphrase={first} />
      </div>
      <PasswordInput
        {...passphraseField}
        label={`${label} again`}
        value={second}
        onChange={(event) => onSecond(event.currentTarget.value)}
        error={tooShort ? null : problem}
      />
    </>
  )
}
