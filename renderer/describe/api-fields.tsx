// Scopes, and how the API is asked: where the token goes, who one is there, which requests to try.
import { Button } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { countWords } from '../kit/format.ts'
import { Section } from '../kit/page.tsx'
import textStyles from '../kit/text.module.css'
import classes from './api-fields.module.css'
import describeStyles from './describe.module.css'
import { isMembers, textAt } from './document.ts'
import fieldStyles from './fields.module.css'
import {
  ChoiceField,
  FlagField,
  Further,
  PairsField,
  ParsedField,
  TextField,
  useMember,
  WordsField,
} from './fields.tsx'
import { PlacementFields } from './placement-fields.tsx'
import { scopeGroups, scopeText } from './scope-text.ts'

export function ScopesFields() {
  const { value } = useMember('scopes.groups')
  const count = (Array.isArray(value) ? value : []).reduce<number>(
    (sum, group) => sum + (isMembers(group) && Array.isArray(group.scopes) ? group.scopes.length : 0),
    0,
  )
  return (
    <Section title="Scopes" aside={<span className={textStyles.quiet}>{countWords(count, 'scope')}</span>}>
      <div className={describeStyles.fields}>
        <ParsedField
          path="scopes.groups"
          label="Scopes to choose from"
          hint="One to a line, what it allows behind it; [Group] above those that belong together. A pasted list will do."
          example={'[Projects]\nprojects.read  See projects\nprojects.write  Change projects'}
          rows={3}
          shown={scopeText}
          read={(text) => {
            const groups = scopeGroups(text)
            return groups.length > 0 ? groups : undefined
          }}
        />
        <WordsField path="scopes.default" label="Asked for by default" example="projects.read" />
        <Further words="separators, whether the answer names them">
          <ChoiceField
            path="scopes.separator"
            label="Sent with"
            usual=" "
            options={[
              { value: ' ', label: 'Spaces between them (RFC 6749)' },
              { value: ',', label: 'Commas between them' },
            ]}
          />
          <ChoiceField
            path="scopes.responseSeparator"
            label="Answered with"
            usual=""
            options={[
              { value: '', label: 'Spaces, or commas where there are none' },
              { value: ' ', label: 'Spaces between them' },
              { value: ',', label: 'Commas between them' },
            ]}
          />
          <FlagField path="scopes.reported" label="The token response names the granted scopes" usual />
          <TextField path="scopes.note" label="Note" />
        </Further>
      </div>
    </Section>
  )
}

export function ApiFields() {
  return (
    <Section title="API">
      <div className={describeStyles.fields}>
        <WordsField
          path="api.origins"
          label="Where the API lives"
          example="https://api.example.com"
          hint="Tokens are sent to these origins only; paths follow the first. Empty if it is the base URL’s; {base} names that among others."
        />
        <WhoAmI />
        <Further words="header of the token, further headers, anonymous answers">
          <PlacementFields path="bearer" label="Tokens are sent in the header" />
          <PairsField
            path="requestHeaders"
            label="Headers of every request"
            hint="One to a line, name: value. {workspace_id} and the like are filled in where known."
            example="X-Version: 2"
          />
          <FlagField
            path="anonymous"
            label="It takes an unknown token for nobody"
            hint="And still answers what is public, so that an answer proves nothing."
          />
        </Further>
        <Requests />
      </div>
    </Section>
  )
}

function WhoAmI() {
  const { value, set } = useMember('identity')
  const probes = Array.isArray(value) ? value.length : 0
  if (probes > 1)
    return <p className={textStyles.quiet}>It is asked in {probes} ways who one is; they are changed as JSON.</p>
  return (
    <>
      <TextField
        path="identity.0.path"
        label="Who am I"
        mono
        example="/api/me"
        hint="A path that answers whose the token is, or its full address at one of the origins above. Empty where there is none: a name is asked for then."
        onWritten={(path) => path === '' && set(undefined)}
      />
      {probes === 1 && (
        <div className={describeStyles.pair}>
          <WordsField path="identity.0.accountId" label="Where the id is" example="user.id" />
          <WordsField path="identity.0.accountName" label="Where the name is" example="user.name" />
          <WordsField path="identity.0.accountEmail" label="Where the e-mail address is" example="user.email" />
          <WordsField path="identity.0.scopes" label="Where scopes are" example="scopes" />
        </div>
      )}
    </>
  )
}

const requestMethods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']

function Requests() {
  const { value, document, set } = useMember('requests')
  const requests = Array.isArray(value) ? value : []
  const rows = requests.map((_, at) => ({ at, name: textAt(document, `requests.${at}.name`) }))
  const remove = (at: number) => {
    const rest = requests.filter((_, other) => other !== at)
    set(rest.length > 0 ? rest : undefined)
  }
  return (
    <div>
      <div className={classes.head}>
        <span>Ready requests</span>
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconPlus size={13} aria-hidden />}
          onClick={() => set([...requests, { name: `Request ${requests.length + 1}`, method: 'GET', path: '/' }])}
        >
          Add request
        </Button>
      </div>
      {rows.length === 0 && <p className={textStyles.quiet}>None. The first is the one that tests a connection.</p>}
      {rows.map(({ at, name }) => (
        <fieldset className={`${fieldStyles.framed} ${classes.request}`} key={at}>
          <legend>{name || `Request ${at + 1}`}</legend>
          <TextField path={`requests.${at}.name`} label="Name" required />
          <ChoiceField
            path={`requests.${at}.method`}
            label="Method"
            usual="GET"
            options={requestMethods.map((method) => ({ value: method, label: method }))}
          />
          <TextField path={`requests.${at}.path`} label="Path" required mono />
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            leftSection={<IconTrash size={13} aria-hidden />}
            aria-label={`Remove the request ${name}`}
            onClick={() => remove(at)}
          >
            Remove
          </Button>
        </fieldset>
      ))}
    </div>
  )
}
