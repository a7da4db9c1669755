// When the vault locks by itself, in the settings. Shows only what this host can be told of.
import { Select, Switch } from '@mantine/core'
import type { LockSettings as Choice } from '../../contract/settings.ts'
import { FailurePanel } from '../kit/failure-panel.tsx'
import { Fact, Facts, Section } from '../kit/page.tsx'
import textStyles from '../kit/text.module.css'
import { useGrantdesk } from '../state/store.ts'
import { useSettingsSave } from './use-settings-save.ts'

const usual = [5, 15, 30, 60]

function minuteWords(minutes: number): string {
  if (minutes === 60) return '1 hour'
  return minutes === 1 ? '1 minute' : `${minutes} minutes`
}

/** The usual times, and the present one where it is another. */
function times(present: number | null) {
  const minutes = present === null || usual.includes(present) ? usual : [...usual, present].sort((a, b) => a - b)
  return [
    { value: 'never', label: 'Never' },
    ...minutes.map((one) => ({ value: String(one), label: `After ${minuteWords(one)}` })),
  ]
}

interface SwitchRowProps {
  label: string
  words: string
  checked: boolean
  onChange(checked: boolean): void
}

function SwitchRow({ label, words, checked, onChange }: SwitchRowProps) {
  return (
    <Fact label={label}>
      <Switch
        size="sm"
        aria-label={label}
        checked={checked}
        label={words}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    </Fact>
  )
}

/** What locks the vault by itself; nothing while it is not open. */
export function LockSettings() {
  const open = useGrantdesk((state) => state.vault.state === 'open')
  const { kind, tellsOf } = useGrantdesk((state) => state.host)
  const { lock } = useGrantdesk((state) => state.settings)
  const { save, failure, clear } = useSettingsSave()
  if (!open) return null
  const change = (part: Partial<Choice>) => void save((now) => ({ ...now, lock: { ...now.lock, ...part } }))
  return (
    <Section title="Lock">
      {failure && <FailurePanel failure={failure} title="This was not stored" onClose={clear} />}
      <Facts>
        <Fact label="Without use">
          <Select
            aria-label="Lock without use"
            aria-describedby="lock-use"
            w={180}
            mb={4}
            allowDeselect={false}
            value={lock.afterMinutes === null ? 'never' : String(lock.afterMinutes)}
            data={times(lock.afterMinutes)}
            onChange={(value) => change({ afterMinutes: value === null || value === 'never' ? null : Number(value) })}
          />
          <span className={textStyles.dim} id="lock-use">
            {kind === 'desktop'
              ? 'Counted from when keyboard or mouse of this computer were last touched.'
              : 'Counted from when this tab was last touched or a command was last run.'}
          </span>
        </Fact>
        {tellsOf.includes('sleep') && (
          <SwitchRow
            label="On sleep"
            words="Before this computer sleeps, the keys leave its memory."
            checked={lock.onSleep}
            onChange={(onSleep) => change({ onSleep })}
          />
        )}
        {tellsOf.includes('screen_lock') && (
          <SwitchRow
            label="With the screen"
            words="A person who unlocks the screen still has to unlock the vault."
            checked={lock.onScreenLock}
            onChange={(onScreenLock) => change({ onScreenLock })}
          />
        )}
      </Facts>
      <p className={textStyles.text}>
        While the vault is locked nothing is refreshed and no command gets a token. Nothing that is under way is lost.
      </p>
    </Section>
  )
}
