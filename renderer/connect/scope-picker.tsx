// Scopes to ask for: the service's own in their groups, searched by typing, and any other by typing it out.
import { Button, Checkbox, TextInput } from '@mantine/core'
import { IconSearch, IconX } from '@tabler/icons-react'
import { type KeyboardEvent, useId, useState } from 'react'
import type { ServiceView } from '../../contract/service.ts'
import { countWords } from '../kit/format.ts'
import textStyles from '../kit/text.module.css'
import classes from './scope-picker.module.css'
import { addableScopes, readScopes, type ScopeGroup, searchScopes, unknownScopes, withScopes } from './scope-search.ts'
import stepStyles from './step.module.css'

interface ScopePickerProps {
  service: ServiceView
  chosen: string[]
  onChange: (scopes: string[]) => void
}

export function ScopePicker({ service, chosen, onChange }: ScopePickerProps) {
  const [text, setText] = useState('')
  const title = useId()
  const { groups, note, separator, default: defaults } = service.scopes
  const found = searchScopes(groups, text)
  const typed = readScopes(text)
  const addable = addableScopes(typed, groups, chosen)
  const foundValues = found.flatMap((group) => group.scopes.map(({ value }) => value))
  const unchosen = foundValues.filter((value) => !chosen.includes(value))
  const added = unknownScopes(chosen, groups)
  const isDefault = chosen.length === defaults.length && defaults.every((scope) => chosen.includes(scope))

  function add() {
    onChange(withScopes(chosen, typed, true))
    setText('')
  }

  function pressed(event: KeyboardEvent) {
    if (event.key !== 'Enter') return
    event.preventDefault()
    // A word that only searches is not a scope: one that nobody knows can fail the whole consent.
    const known = typed.length > 0 && unknownScopes(typed, groups).length === 0
    if (known || (found.length === 0 && addable.length > 0)) add()
  }

  return (
    <fieldset className={classes.scopes} aria-labelledby={title}>
      <div className={classes.scopesHead}>
        <span className={stepStyles.label} id={title}>
          Scopes{' '}
          <span className={textStyles.quiet}>
            · {chosen.length === 0 ? 'none' : countWords(chosen.length, 'scope')} chosen
          </span>
        </span>
        <span className={stepStyles.spacer} />
        {!isDefault && (
          <Button size="compact-xs" variant="subtle" onClick={() => onChange(defaults)}>
            Use the service’s default
          </Button>
        )}
        {chosen.length > 0 && (
          <Button size="compact-xs" variant="subtle" onClick={() => onChange([])}>
            Clear
          </Button>
        )}
      </div>
      {(note !== '' || separator === ',') && (
        <p className={textStyles.hint}>
          {note} {separator === ',' && 'They are sent separated by commas.'}
        </p>
      )}
      {chosen.length > 0 && (
        <Chosen chosen={chosen} added={added} onRemove={(scope) => onChange(withScopes(chosen, [scope], false))} />
      )}
      <div className={classes.scopeInput}>
        <TextInput
          aria-label="Search or add a scope"
          placeholder={
            groups.length === 0 ? 'Type or paste scopes, then Enter' : 'Search, or paste scopes and press Enter'
          }
          leftSection={<IconSearch size={15} aria-hidden />}
          spellCheck={false}
          autoComplete="off"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={pressed}
        />
        {addable.length > 0 && (
          <Button variant="default" onClick={add}>
            Add {addable.length === 1 ? `“${addable[0]}”` : countWords(addable.length, 'scope')}
          </Button>
        )}
        {text.trim() !== '' && unchosen.length > 1 && (
          <Button variant="default" onClick={() => onChange(withScopes(chosen, unchosen, true))}>
            Select all {unchosen.length} found
          </Button>
        )}
      </div>
      {groups.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        <section className={classes.scopeList} aria-label="Scopes of the service" tabIndex={0}>
          {found.map((group) => (
            <Group key={group.name} group={group} chosen={chosen} onChange={onChange} />
          ))}
          {found.length === 0 && <p className={textStyles.quiet}>No scope of the service matches.</p>}
        </section>
      )}
    </fieldset>
  )
}

interface ChosenProps {
  chosen: string[]
  /** Those that the service's description does not know. */
  added: string[]
  onRemove: (scope: string) => void
}

function Chosen({ chosen, added, onRemove }: ChosenProps) {
  return (
    <ul className={classes.chosen} aria-label="Chosen scopes">
      {chosen.map((scope) => (
        <li key={scope}>
          <span>{scope}</span>
          {added.includes(scope) && <em>added by you</em>}
          <button type="button" aria-label={`Remove ${scope}`} onClick={() => onRemove(scope)}>
            <IconX size={12} aria-hidden />
          </button>
        </li>
      ))}
    </ul>
  )
}

interface GroupProps {
  group: ScopeGroup
  chosen: string[]
  onChange: (scopes: string[]) => void
}

function Group({ group, chosen, onChange }: GroupProps) {
  const values = group.scopes.map((scope) => scope.value)
  const count = values.filter((value) => chosen.includes(value)).length
  const all = count === values.length
  return (
    <fieldset className={classes.group} aria-label={group.name}>
      <Checkbox
        className={classes.groupName}
        label={
          <>
            {group.name}{' '}
            <span className={textStyles.quiet}>
              {count} of {values.length}
            </span>
          </>
        }
        aria-label={`All of ${group.name}`}
        checked={all}
        indeterminate={count > 0 && !all}
        onChange={() => onChange(withScopes(chosen, values, !all))}
      />
      <div className={classes.groupScopes}>
        {group.scopes.map((scope) => (
          <Checkbox
            key={scope.value}
            className={classes.scope}
            label={
              <>
                <code>{scope.value}</code>
                {scope.description !== '' && <span className={textStyles.quiet}> {scope.description}</span>}
              </>
            }
            checked={chosen.includes(scope.value)}
            onChange={(event) => onChange(withScopes(chosen, [scope.value], event.currentTarget.checked))}
          />
        ))}
      </div>
    </fieldset>
  )
}
