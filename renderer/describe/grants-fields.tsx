// The grants of a service: which there are, and what each needs.
import { Button } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import type { GrantType } from '../../contract/service.ts'
import { Section } from '../kit/page.tsx'
import { idFrom } from './beginnings.ts'
import describeStyles from './describe.module.css'
import { isMembers, textAt } from './document.ts'
import fieldStyles from './fields.module.css'
import {
  AddressField,
  ChoiceField,
  DaysField,
  FlagField,
  Further,
  PairsField,
  TextField,
  useMember,
} from './fields.tsx'
import classes from './grants-fields.module.css'
import { PlacementFields } from './placement-fields.tsx'

const types: { value: GrantType; label: string }[] = [
  { value: 'authorization_code', label: 'Authorization code' },
  { value: 'client_credentials', label: 'Client credentials' },
  { value: 'password', label: 'Password' },
  { value: 'device_code', label: 'Device code' },
  { value: 'static_token', label: 'Static token or key' },
]

export function GrantsFields() {
  const { value, problem, set } = useMember('grants')
  const grants = Array.isArray(value) ? value : []
  const ids = grants.map((grant) => (isMembers(grant) ? String(grant.id ?? '') : ''))
  const unused = types.find((type) => !ids.includes(type.value)) ?? types[0]
  const add = () => {
    if (!unused) return
    const id = ids.includes(unused.value) ? idFrom(unused.value, ids) : unused.value
    set([...grants, { id, type: unused.value, name: unused.label }])
  }
  return (
    <Section
      title="Grants"
      aside={
        <Button size="compact-xs" variant="subtle" leftSection={<IconPlus size={13} aria-hidden />} onClick={add}>
          Add grant
        </Button>
      }
    >
      {problem && (
        <p className={describeStyles.problem} role="alert">
          {problem}
        </p>
      )}
      {ids.map((id, at) => (
        <GrantFields
          key={id}
          at={at}
          onRemove={grants.length > 1 ? () => set(grants.filter((_, other) => other !== at)) : undefined}
        />
      ))}
    </Section>
  )
}

function GrantFields({ at, onRemove }: { at: number; onRemove: (() => void) | undefined }) {
  const path = `grants.${at}`
  const { document } = useMember(path)
  const name = textAt(document, `${path}.name`)
  const type = textAt(document, `${path}.type`)
  const isStatic = type === 'static_token'
  return (
    <fieldset className={`${fieldStyles.framed} ${classes.grant}`}>
      <legend>{name || 'Grant'}</legend>
      <div className={describeStyles.pair}>
        <ChoiceField path={`${path}.type`} label="Type" usual="authorization_code" options={types} />
        <TextField path={`${path}.name`} label="Name" required />
      </div>
      {!isStatic && type !== 'client_credentials' && (
        <FlagField path={`${path}.refresh`} label="A refresh token comes with it" usual />
      )}
      {isStatic && <PlacementFields path={`${path}.bearer`} label="Sent in the header" />}
      <Further words={isStatic ? 'where it is made, how long it lives, words' : 'parameters, lifetimes, words'}>
        <TextField path={`${path}.description`} label="What it does" />
        <TextField path={`${path}.caution`} label="What to know before" />
        <AddressField path={`${path}.page`} label="Page where it is made or switched on" />
        <TextField path={`${path}.steps`} label="What to do there" rows={2} />
        {isStatic ? (
          <DaysField path={`${path}.tokenLifetime`} label="Lives for (days)" hint="From the day it was made." />
        ) : (
          <>
            <DaysField path={`${path}.refreshTokenLifetime`} label="A refresh token lives for (days)" />
            <PairsField
              path={`${path}.authorizationParameters`}
              label="Extra parameters of the authorization request"
              hint="One to a line, name: value."
              example="prompt: consent"
            />
            <PairsField
              path={`${path}.tokenParameters`}
              label="Extra parameters of every token request"
              example="audience: https://api.example.com"
            />
          </>
        )}
      </Further>
      {onRemove && (
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          className={classes.remove}
          leftSection={<IconTrash size={13} aria-hidden />}
          aria-label={`Remove the grant ${name}`}
          onClick={onRemove}
        >
          Remove
        </Button>
      )}
    </fieldset>
  )
}
