// A field for a value that is copied rather than written. Owns that what came along is taken off when it is pasted, left or
// entered, that this is told, and that the person decides where only they know. What it holds for that goes with the value.
import { Button, PasswordInput, TextInput, type TextInputProps } from '@mantine/core'
import { type ClipboardEvent, type KeyboardEvent, type Ref, useEffect, useState } from 'react'
import { maskedValue } from '../../contract/found-values.ts'
import { type UnderstoodValue, understandValue, type ValueKind } from '../../contract/pasted-value.ts'
import { weakSecretWords } from '../../contract/weak-secret-words.ts'
import classes from './pasted-field.module.css'
import textStyles from './text.module.css'

type Field = Pick<
  TextInputProps,
  | 'label'
  | 'description'
  | 'placeholder'
  | 'error'
  | 'required'
  | 'withAsterisk'
  | 'size'
  | 'inputMode'
  | 'spellCheck'
  | 'autoComplete'
  | 'className'
  | 'aria-label'
  | 'aria-describedby'
  | 'maxLength'
  | 'disabled'
  | 'maw'
  | 'w'
  | 'mb'
>

interface PastedFieldProps extends Field {
  kind: ValueKind
  value: string
  onValue(value: string): void
  /** It is shown as dots. */
  secret?: boolean
  'data-autofocus'?: boolean
  'data-path'?: string
  inputRef?: Ref<HTMLInputElement>
}

/** The kinds of secrets that flows hide. */
const hiddenKinds: Partial<Record<ValueKind, string>> = {
  client_secret: 'client secret',
  key: 'token or key',
  password: 'password',
}

type Told = Pick<UnderstoodValue, 'words' | 'otherwise' | 'choices'>

export function PastedField({ kind, value, onValue, secret = false, inputRef, ...field }: PastedFieldProps) {
  const [told, setTold] = useState<Told | null>(null)
  const [left, setLeft] = useState(false)
  const weakness = useWeakness(left ? value : '', hiddenKinds[kind])
  useEffect(() => {
    if (value !== '') return
    setTold(null)
    setLeft(false)
  }, [value])

  /** Whether there is something to tell. */
  function take(text: string): boolean {
    const understood = understandValue(kind, text)
    const isTold = understood.words.length > 0 || understood.choices.length > 0
    setTold(isTold ? understood : null)
    setLeft(true)
    onValue(understood.value)
    return isTold
  }
  function choose(chosen: string, words: string[]): void {
    setTold({ words, otherwise: null, choices: [] })
    onValue(chosen)
  }
  function paste(event: ClipboardEvent<HTMLInputElement>): void {
    const { selectionStart, selectionEnd, value: present } = event.currentTarget
    // Into the middle of something it is a part of the value.
    if (selectionStart !== 0 || selectionEnd !== present.length) return
    event.preventDefault()
    take(event.clipboardData.getData('text'))
  }
  function press(event: KeyboardEvent<HTMLInputElement>): void {
    // It is shown before it is kept; Enter once more goes on.
    if (event.key === 'Enter' && told === null && take(value)) event.preventDefault()
  }

  const Input = secret ? PasswordInput : TextInput
  return (
    <div>
      <Input
        {...field}
        ref={inputRef}
        {...(secret ? { 'data-1p-ignore': true, 'data-lpignore': 'true' } : {})}
        value={value}
        onChange={(event) => {
          setTold(null)
          setLeft(false)
          onValue(event.currentTarget.value)
        }}
        onPaste={paste}
        onKeyDown={press}
        onBlur={() => told === null && value !== '' && take(value)}
      />
      {told && <WhatIsTold told={told} onChoose={choose} />}
      {weakness && (
        <p className={textStyles.hint} role="status">
          {weakness}
        </p>
      )}
    </div>
  )
}

/** What is told of a secret that cannot be hidden everywhere; the list of words is loaded when there is one. */
function useWeakness(secret: string, name: string | undefined): string | null {
  const [words, setWords] = useState<string | null>(null)
  useEffect(() => {
    let isStale = false
    setWords(null)
    if (secret === '' || name === undefined) return
    void import('../../contract/secret-strength.ts').then(({ isOrdinaryText }) => {
      if (!isStale && isOrdinaryText(secret)) setWords(weakSecretWords(name))
    })
    return () => {
      isStale = true
    }
  }, [secret, name])
  return words
}

function WhatIsTold({ told, onChoose }: { told: Told; onChoose: (value: string, words: string[]) => void }) {
  const { words, otherwise, choices } = told
  if (choices.length > 0)
    return (
      <fieldset className={classes.choices}>
        <legend className={textStyles.hint}>Several values were found. Which one is it?</legend>
        {choices.map(({ value, place }) => (
          <Button
            key={value}
            size="compact-xs"
            variant="default"
            onClick={() => onChoose(value, [`Found ${place}: ${maskedValue(value)}.`])}
          >
            <code>{maskedValue(value)}</code>&nbsp;{place}
          </Button>
        ))}
      </fieldset>
    )
  return (
    <div className={classes.told}>
      <p className={textStyles.hint} role="status">
        {words.join(' ')}
      </p>
      {otherwise && (
        <Button
          size="compact-xs"
          variant="subtle"
          onClick={() =>
            onChoose(
              otherwise.value,
              otherwise.because === 'found_within' ? ['Taken as it was pasted.'] : otherwise.words,
            )
          }
        >
          {otherwise.because === 'found_within' ? 'Use what was pasted' : 'Keep it'}
        </Button>
      )}
    </div>
  )
}
