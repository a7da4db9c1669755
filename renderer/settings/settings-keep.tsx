// How much is kept of what happened, in the settings: flows and history, of each connection and in all.
import { Group, NumberInput } from '@mantine/core'
import { useState } from 'react'
import { type KeepSettings as Choice, keepLimits } from '../../contract/settings.ts'
import { FailurePanel } from '../kit/failure-panel.tsx'
import { Fact, Facts, Section } from '../kit/page.tsx'
import textStyles from '../kit/text.module.css'
import { useGrantdesk } from '../state/store.ts'
import { useSettingsSave } from './use-settings-save.ts'

const rows: { label: string; fields: { name: keyof Choice; label: string; words: string; step: number }[] }[] = [
  {
    label: 'Flows',
    fields: [
      { name: 'flowsPerConnection', label: 'Flows of each connection', words: 'of each connection', step: 20 },
      { name: 'flows', label: 'Flows in all', words: 'in all', step: 500 },
      { name: 'flowMegabytes', label: 'Room for flows on the disk, in MB', words: 'MB on the disk', step: 16 },
    ],
  },
  {
    label: 'History',
    fields: [
      {
        name: 'historyPerConnection',
        label: 'Entries of each connection’s history',
        words: 'of each connection',
        step: 100,
      },
      { name: 'history', label: 'Entries of the history in all', words: 'in all', step: 1_000 },
    ],
  },
]

interface NumberRowProps {
  label: string
  words: string
  value: number
  min: number
  max: number
  step: number
  onChange(value: number): void
}

/** Stored when the field is left, so that no half typed number throws anything away. */
function NumberRow({ label, words, value, min, max, step, onChange }: NumberRowProps) {
  const [typed, setTyped] = useState<number | string>(value)
  function settle() {
    const number = typeof typed === 'number' ? Math.min(max, Math.max(min, Math.round(typed))) : value
    setTyped(number)
    if (number !== value) onChange(number)
  }
  return (
    <Group gap={8} mb={4} wrap="nowrap">
      <NumberInput
        aria-label={label}
        size="xs"
        w={96}
        {...{ min, max, step }}
        clampBehavior="none"
        allowDecimal={false}
        thousandSeparator=","
        value={typed}
        onChange={setTyped}
        onBlur={settle}
        onKeyDown={(event) => event.key === 'Enter' && settle()}
      />
      <span className={textStyles.dim}>{words}</span>
    </Group>
  )
}

/** What is kept of the past; nothing while the vault is not open. */
export function KeepSettings() {
  const open = useGrantdesk((state) => state.vault.state === 'open')
  const { keep } = useGrantdesk((state) => state.settings)
  const { save, failure, clear } = useSettingsSave()
  if (!open) return null
  const change = (part: Partial<Choice>) => void save((now) => ({ ...now, keep: { ...now.keep, ...part } }))
  return (
    <Section title="What is kept">
      {failure && <FailurePanel failure={failure} title="This was not stored" onClose={clear} />}
      <Facts>
        {rows.map(({ label, fields }) => (
          <Fact key={label} label={label}>
            {fields.map(({ name, ...field }) => {
              const { fewest, most } = keepLimits[name]
              return (
                <NumberRow
                  key={`${name} ${keep[name]}`}
                  {...field}
                  value={keep[name]}
                  min={fewest}
                  max={most}
                  onChange={(value) => change({ [name]: value })}
                />
              )
            })}
          </Fact>
        ))}
      </Facts>
      <p className={textStyles.text}>
        The oldest leave first, and those of whichever connection has most. The last failure and the last success of
        each kind stay longest.
      </p>
    </Section>
  )
}
