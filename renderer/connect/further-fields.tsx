// The options of a grant that few need, collapsed: PKCE, resource indicators, audience, extra parameters, a name.
import type { Grant, ServiceView } from '../../contract/service.ts'
import { PastedField } from '../kit/pasted-field.tsx'
import { describedPkce, PkceChoice } from '../kit/pkce-choice.tsx'
import textStyles from '../kit/text.module.css'
import type { ConnectDraft } from './connect-draft.ts'
import type { DetailProblems } from './detail-problems.ts'
import { plainField } from './field-looks.ts'
import classes from './further-fields.module.css'
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
  const clientName = draft.form.name
  const held = [
    redirects(grant) && 'PKCE',
    'resource indicators, audience, extra parameters',
    names && 'name of the connection',
  ].filter(Boolean)
  return (
    <details className={classes.further} open={opened} onToggle={(event) => onOpened(event.currentTarget.open)}>
      <summary>
        More <span className={textStyles.hint}>{held.join(', ')}</span>
      </summary>
      <div className={classes.furtherFields}>
        {redirects(grant) && (
          <PkceChoice
            value={draft.form.pkce}
            description={`Kept with the client${clientName === '' ? '' : ` “${clientName}”`} once it has worked. ${describedPkce(service)}`}
            // A stored client used with another method is a changed one.
            onChange={(pkce) => onChange({ storedClientId: null, form: { ...draft.form, pkce } })}
          />
        )}
        <ResourceFields
          fixed={grant.resources}
          resources={draft.resources}
          problems={problems.resources}
          onChange={(resources) => onChange({ resources })}
        />
        <PastedField
          kind="id"
          {...plainField}
          label="Audience"
          description="For servers that want one: the parameter audience of every request of this grant."
          value={draft.audience}
          onValue={(audience) => onChange({ audience })}
        />
        <ParameterFields
          grant={grant}
          parameters={draft.parameters}
          onChange={(parameters) => onChange({ parameters })}
        />
        {names && <ConnectionName value={draft.name} onChange={(name) => onChange({ name })} />}
      </div>
    </details>
  )
}
