// Scopes to ask for: the service's own in their groups, searched by typing, and any other by typing it out.
import { Button, Checkbox, TextInput } from '@mantine/core'
import { IconSearch, IconX } from '@tabler/icons-react'
import { type KeyboardEvent, useId, useState } from 'react'
import type { ServiceView } from '../../contract/service.ts'
import { countWords } from '../kit/format.ts'
import classes from './connect.module.css'
import { readScopes, type ScopeGroup, searchScopes, unknownScopes, withScopes } from './scope-search.ts'

interface ScopePickerProps {
  service: ServiceView
  chosen: string[]
  onChange: (scopes: string[]) => void
}

export function ScopePicker({ service, chosen, onChange }: ScopePickerProps) {
  const [text, setText] = useState('')
  const title = useId()
  const { groups, note, default: defaults } = service.scopes
  const found = searchScopes(groups, text)
  const typed = readScopes(text)
  const addable = unknownScopes(typed, groups).filter((scope) => !chosen.includes(scope))
  const added = unknownScopes(chosen, groups)
  const isDefault = chosen.length === defaults.length && defaults.every((scope) => chosen.includes(scope))

  function add() {
    onChange(withScopes(chosen, typed, true))
    setText('')
  }

  function pressed(event: KeyboardEvent) {
    if (event.key !== 'Enter') return
    event.preventDefault()
    if (typed.length > 0) add()
  }

  return (
    <fieldset className={classes.scopes} aria-labelledby={title}>
      <div className={classes.scopesHead}>
        <span className={classes.label} id={title}>
          Scopes{' '}
          <span className={classes.quiet}>
            · {chosen.length === 0 ? 'none' : countWords(chosen.length, 'scope')} chosen
          </span>
        </span>
        <span className={classes.spacer} />
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
      {note !== '' && <p className={classes.hint}>{note}</p>}
      {chosen.length > 0 && (
        <Chosen chosen={chosen} added={added} onRemove={(scope) => onChange(withScopes(chosen, [scope], false))} />
      )}
      <div className={classes.scopeInput}>
        <TextInput
          aria-label="Search or add a scope"
          placeholder={groups.length === 0 ? 'Type a scope, then Enter' : 'Search, or type a scope and press Enter'}
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
      </div>
      {groups.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        <section className={classes.scopeList} aria-label="Scopes of the service" tabIndex={0}>
          {found.map((group) => (
            <Group key={group.name} group={group} chosen={chosen} onChange={onChange} />
          ))}
          {found.length === 0 && <p className={classes.quiet}>No scope of the service matches.</p>}
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
  const all = values.every((value) => chosen.includes(value))
  const some = values.some((value) => chosen.includes(value))
  return (
    <fieldset className={classes.group} aria-label={group.name}>
      <Checkbox
        className={classes.groupName}
        label={group.name}
        checked={all}
        indeterminate={some && !all}
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
                {scope.description !== '' && <span className={classes.quiet}> {scope.description}</span>}
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
