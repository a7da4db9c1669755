// What few need of a grant with a client, put away until it is asked for: PKCE, resource indicators, audience, extra parameters, a name.
import { NativeSelect, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Grant, Pkce, ServiceView } from '../../contract/service.ts'
import { Notice } from '../kit/notice.tsx'
import classes from './connect.module.css'
import type { ConnectDraft } from './connect-draft.ts'
import type { DetailProblems } from './detail-problems.ts'
import details from './details.module.css'
import { plainField } from './field-looks.ts'
import { ConnectionName } from './grant-fields.tsx'
import { redirects } from './grant-words.ts'
import { ParameterFields } from './parameter-fields.tsx'
import { ResourceFields } from './resource-fields.tsx'

interface FurtherFieldsProps {
  service: ServiceView
  grant: Grant
  draft: ConnectDraft
  problems: DetailProblems
  opened: boolean
  onOpened: (opened: boolean) => void
  onChange: (change: Partial<ConnectDraft>) => void
}

export function FurtherFields(props: FurtherFieldsProps) {
  const { service, grant, draft, problems, opened, onOpened, onChange } = props
  const names = draft.reconnect === null && service.identity.length > 0
  const held = [
    redirects(grant) && 'PKCE',
    'resource indicators, audience, extra parameters',
    names && 'name of the connection',
  ].filter(Boolean)
  return (
    <details className={details.further} open={opened} onToggle={(event) => onOpened(event.currentTarget.open)}>
      <summary>
        More <span className={classes.hint}>{held.join(', ')}</span>
      </summary>
      <div className={details.furtherFields}>
        {redirects(grant) && <PkceField service={service} draft={draft} onChange={onChange} />}
        <ResourceFields
          fixed={grant.resources}
          resources={draft.resources}
          problems={problems.resources}
          onChange={(resources) => onChange({ resources })}
        />
        <TextInput
          {...plainField}
          label="Audience"
          description="For servers that want one: sent as the parameter audience."
          value={draft.audience}
          onChange={(event) => onChange({ audience: event.currentTarget.value })}
        />
        <ParameterFields
          fixed={redirects(grant) ? grant.authorizationParameters : grant.tokenParameters}
          proofs={redirects(grant)}
          parameters={draft.parameters}
          onChange={(parameters) => onChange({ parameters })}
        />
        {names && <ConnectionName value={draft.name} onChange={(name) => onChange({ name })} />}
      </div>
    </details>
  )
}

const pkceWords: Record<Pkce, string> = {
  S256: 'S256',
  plain: 'plain: only for a server that insists',
  off: 'off: only for a server that refuses it',
}

function PkceField({ service, draft, onChange }: Pick<FurtherFieldsProps, 'service' | 'draft' | 'onChange'>) {
  const { pkce, name } = draft.form
  const warnings: Record<Pkce, ReactNode> = {
    S256: null,
    plain: 'The code verifier crosses the browser as it is. Whoever reads the authorization request can use the code.',
    off: 'Without PKCE whoever reads the redirect can use its code. Turn it off only where the server refuses it.',
  }
  return (
    <>
      <NativeSelect
        label="PKCE"
        description={`Kept with the client${name === '' ? '' : ` “${name}”`} once it has worked. ${service.name} is described with ${service.pkce}.`}
        value={pkce}
        // A stored client used with another method is a changed one.
        onChange={(event) =>
          onChange({ storedClientId: null, form: { ...draft.form, pkce: event.currentTarget.value as Pkce } })
        }
        data={Object.entries(pkceWords).map(([value, label]) => ({ value, label }))}
      />
      {warnings[pkce] && <Notice>{warnings[pkce]}</Notice>}
    </>
  )
}
