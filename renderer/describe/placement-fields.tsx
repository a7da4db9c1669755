// How a token is sent: the header, and what stands before the token in it. Both are written, or neither.
import { TextInput } from '@mantine/core'
import describeStyles from './describe.module.css'
import { textAt } from './document.ts'
import { useMember } from './fields.tsx'

export function PlacementFields({ path, label }: { path: string; label: string }) {
  const { document, value, set } = useMember(path)
  const header = useMember(`${path}.header`)
  const prefix = textAt(document, `${path}.prefix`)
  const shared = { spellCheck: false, autoComplete: 'off', classNames: { input: describeStyles.mono ?? '' } } as const
  return (
    <div className={describeStyles.pair}>
      <TextInput
        {...shared}
        label={label}
        placeholder="Authorization"
        error={header.problem}
        data-path={`${path}.header`}
        value={header.text}
        onChange={(event) => {
          const name = event.currentTarget.value
          set(name === '' ? undefined : { header: name, prefix })
        }}
      />
      <TextInput
        {...shared}
        label="Before the token"
        placeholder={value === undefined ? 'Bearer ' : 'nothing'}
        disabled={value === undefined}
        data-path={`${path}.prefix`}
        value={prefix}
        onChange={(event) => set({ header: header.text, prefix: event.currentTarget.value })}
      />
    </div>
  )
}
