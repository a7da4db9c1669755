// The form's controls, each bound to a path of the description: what stands there, what is wrong with it, whether anybody
// confirmed it.
import { Button, Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useStore } from 'zustand'
import { PastedField } from '../kit/pasted-field.tsx'
import tagStyles from '../kit/tag.module.css'
import describeStyles from './describe.module.css'
import { isMembers, type Json, textAt, textsAt, valueAt } from './document.ts'
import { drafts } from './draft.ts'
import classes from './fields.module.css'

/** What stands at a path and what the host said of it; `set` changes it. */
export function useMember(path: string) {
  const draft = useStore(drafts, (state) => state.draft)
  const { set } = drafts.getState()
  const document = draft?.document ?? {}
  return {
    document,
    value: valueAt(document, path),
    text: textAt(document, path),
    problem: draft?.issues.find((issue) => issue.path === path)?.message,
    set: (value: Json | undefined) => set(path, value),
  }
}

interface FieldProps {
  path: string
  label: string
  hint?: ReactNode
}

interface TextFieldProps extends FieldProps {
  example?: string
  /** An empty field stays in the description; otherwise its member goes. */
  required?: boolean
  rows?: number
  /** Copied rather than written. */
  mono?: boolean
  address?: boolean
  onWritten?: (text: string) => void
}

export function TextField({
  path,
  label,
  hint,
  example,
  required = false,
  rows,
  mono = false,
  address = false,
  onWritten,
}: TextFieldProps) {
  const { text, problem, set } = useMember(path)
  const shared = {
    label,
    description: hint,
    placeholder: example ?? '',
    error: problem,
    value: text,
    'data-path': path,
    required,
    withAsterisk: false,
    spellCheck: !mono,
    autoComplete: 'off',
    classNames: mono ? { input: describeStyles.mono ?? '' } : {},
  }
  const write = (next: string) => {
    set(next === '' && !required ? undefined : next)
    onWritten?.(next)
  }
  if (address) {
    const { classNames: _, ...field } = shared
    return <PastedField {...field} kind="address" className={describeStyles.monoInput} onValue={write} />
  }
  return rows === undefined ? (
    <TextInput {...shared} onChange={(event) => write(event.currentTarget.value)} />
  ) : (
    <Textarea {...shared} autosize minRows={rows} maxRows={12} onChange={(event) => write(event.currentTarget.value)} />
  )
}

/** An address that may be marked as unverified, and the way to confirm it. */
export function AddressField(props: TextFieldProps) {
  const { document } = useMember(props.path)
  const marks = textsAt(document, 'unverified')
  const marked = marks.includes(props.path)
  const confirm = () => {
    const rest = marks.filter((mark) => mark !== props.path)
    drafts.getState().set('unverified', rest.length > 0 ? rest : undefined)
  }
  return (
    <div>
      <TextField mono address {...props} />
      {marked && (
        <p className={classes.mark}>
          <span className={tagStyles.tag}>unverified</span> Nobody has confirmed it.
          <Button
            size="compact-xs"
            variant="subtle"
            aria-label={`I have confirmed it: ${props.label}`}
            onClick={confirm}
          >
            I have confirmed it
          </Button>
        </p>
      )}
    </div>
  )
}

interface ChoiceFieldProps extends FieldProps {
  options: { value: string; label: string }[]
  /** What holds where nothing is written. */
  usual: string
}

export function ChoiceField({ path, label, hint, options, usual }: ChoiceFieldProps) {
  const { text, problem, set } = useMember(path)
  return (
    <NativeSelect
      label={label}
      description={hint}
      error={problem}
      data={options}
      data-path={path}
      value={text === '' ? usual : text}
      onChange={(event) => set(event.currentTarget.value === '' ? undefined : event.currentTarget.value)}
    />
  )
}

export function FlagField({ path, label, hint, usual = false }: FieldProps & { usual?: boolean }) {
  const { value, set } = useMember(path)
  return (
    <Checkbox
      label={label}
      description={hint}
      data-path={path}
      checked={typeof value === 'boolean' ? value : usual}
      onChange={(event) => set(event.currentTarget.checked === usual ? undefined : event.currentTarget.checked)}
    />
  )
}

interface ParsedFieldProps extends FieldProps {
  example?: string
  rows?: number
  /** What stands there, as text. */
  shown: (value: Json | undefined) => string
  /** What a text stands for; `undefined` for nothing. */
  read: (text: string) => Json | undefined
}

/** A list or a table as text. While it is written it stays as it is written. */
export function ParsedField({ path, label, hint, example, rows = 1, shown, read }: ParsedFieldProps) {
  const { value, problem, set } = useMember(path)
  const [written, setWritten] = useState<string | null>(null)
  return (
    <Textarea
      label={label}
      description={hint}
      placeholder={example ?? ''}
      error={problem}
      data-path={path}
      spellCheck={false}
      autosize
      minRows={rows}
      maxRows={14}
      classNames={{ input: describeStyles.mono ?? '' }}
      value={written ?? shown(value)}
      onChange={(event) => {
        setWritten(event.currentTarget.value)
        set(read(event.currentTarget.value))
      }}
      onBlur={() => setWritten(null)}
    />
  )
}

type ListedFieldProps = Omit<ParsedFieldProps, 'shown' | 'read' | 'rows'>

/** Several words with spaces between them. */
export function WordsField(props: ListedFieldProps) {
  return (
    <ParsedField
      {...props}
      shown={(value) => (Array.isArray(value) ? value.join(' ') : '')}
      read={(text) => {
        const words = text.split(/[\s,]+/).filter(Boolean)
        return words.length > 0 ? words : undefined
      }}
    />
  )
}

/** Names and values, one pair to a line: `name: value`. */
export function PairsField(props: ListedFieldProps) {
  return (
    <ParsedField
      {...props}
      shown={(value) =>
        Object.entries(isMembers(value) ? value : {})
          .map(([name, one]) => `${name}: ${String(one)}`)
          .join('\n')
      }
      read={(text) => {
        const pairs = pairsIn(text)
        return Object.keys(pairs).length > 0 ? pairs : undefined
      }}
    />
  )
}

function pairsIn(text: string): Record<string, string> {
  const pairs = text.split('\n').flatMap((line): [string, string][] => {
    const [, name, value] = line.match(/^\s*([^:\s]+)\s*:\s*(.*)$/) ?? []
    return name === undefined || value === undefined ? [] : [[name, value.trim()]]
  })
  return Object.fromEntries(pairs)
}

/** A number of seconds, written as days. */
export function DaysField({ path, label, hint }: FieldProps) {
  const { value, problem, set } = useMember(path)
  const day = 86_400
  return (
    <TextInput
      label={label}
      description={hint}
      error={problem}
      data-path={path}
      inputMode="numeric"
      value={typeof value === 'number' ? String(value / day) : ''}
      onChange={(event) => {
        const days = Number(event.currentTarget.value)
        set(event.currentTarget.value.trim() === '' || !(days > 0) ? undefined : Math.round(days * day))
      }}
    />
  )
}

/** What few need, put away until it is asked for. */
export function Further({ words, children }: { words: string; children: ReactNode }) {
  return (
    <details className={classes.further}>
      <summary>
        More <span>{words}</span>
      </summary>
      <div className={describeStyles.fields}>{children}</div>
    </details>
  )
}
