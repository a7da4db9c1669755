// How a description of one's own begins: by asking the issuer, as a copy of another, from a file, or by hand.
import { Button, NativeSelect } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { FailurePanel } from '../kit/failure-panel.tsx'
import { Section } from '../kit/page.tsx'
import { PastedField } from '../kit/pasted-field.tsx'
import { takeHandedOut } from '../kit/save-text.ts'
import { toast } from '../kit/toasts.tsx'
import { ServiceImport } from '../services/service-import.tsx'
import { grantdesk, useGrantdesk } from '../state/store.ts'
import { useCall } from '../state/use-call.ts'
import { copyOf, documentFrom, emptyDocument, idFrom, idsOf } from './beginnings.ts'
import describeStyles from './describe.module.css'
import type { Members } from './document.ts'
import { drafts } from './draft.ts'

function begin(document: Members, source = '', notes: string[] = []): void {
  drafts.getState().begin({ kind: 'new', serviceId: null, document, source, notes })
}

export function Begin({ onImported }: { onImported: (id: string) => void }) {
  const load = useCall('services.import')
  return (
    <>
      <Discover />
      <Copy />
      <Section title="From a file">
        <p className={describeStyles.words}>
          A description that somebody exported, or that you wrote. Its JSON Schema, saved beside it, lets an editor
          check it and explain each field.
        </p>
        <div className={describeStyles.row}>
          <ServiceImport load={load} onImported={onImported} />
          <SaveSchema />
        </div>
        {load.failure && <FailurePanel failure={load.failure} title="The file was not imported" onClose={load.clear} />}
      </Section>
      <Section title="By hand">
        <p className={describeStyles.words}>
          With the service’s documentation beside you: its two endpoints, and how it wants clients to authenticate.
        </p>
        <Button size="xs" variant="default" onClick={() => begin(emptyDocument())}>
          Write it by hand
        </Button>
      </Section>
    </>
  )
}

function SaveSchema() {
  const { call, pending } = useCall('services.schema')
  const save = async () => {
    const answer = await call({})
    if (answer.ok) toast({ message: `The schema is saved. ${takeHandedOut(answer.value)}`, tone: 'good' })
    else if (answer.failure.kind !== 'cancelled') toast({ message: answer.failure.message, tone: 'bad' })
  }
  return (
    <Button size="xs" variant="default" loading={pending} onClick={() => void save()}>
      Save the schema
    </Button>
  )
}

function Discover() {
  const [url, setUrl] = useState('')
  const [apis, setApis] = useState('')
  /** The authorization servers of an API that trusts several, and the chosen one. */
  const [servers, setServers] = useState<string[]>([])
  const [server, setServer] = useState('')
  const discover = useCall('services.discover')
  const openFlow = useGrantdesk((state) => state.openFlow)
  const asking = useRef(0)
  useEffect(
    () => () => {
      asking.current += 1
    },
    [],
  )
  const ask = async (event: FormEvent) => {
    event.preventDefault()
    asking.current += 1
    const mine = asking.current
    const apiOrigins = apis.split(/[\s,;]+/).filter(Boolean)
    const chosen = server === '' ? {} : { authorizationServer: server }
    const answer = await discover.call({ url, apiOrigins, ...chosen })
    // Who went away meanwhile wants no description.
    if (!answer.ok || asking.current !== mine) return
    const { description, notes, source, authorizationServers } = answer.value
    if (authorizationServers.length > 1 && server === '') {
      setServers(authorizationServers)
      return setServer(authorizationServers[0] ?? '')
    }
    const id = idFrom(description.name, idsOf(grantdesk.getState().services))
    begin(
      { ...(description as unknown as Members), id },
      `Discovered at ${source}. Look through it before you save it.`,
      notes,
    )
  }
  const flow = useGrantdesk((state) => state.flows.find((one) => one.kind === 'discover'))
  return (
    <Section title="By discovery">
      <form className={describeStyles.fields} onSubmit={ask}>
        <PastedField
          kind="address"
          label="Issuer"
          description="The address of the authorization server, of its metadata (RFC 8414, OpenID Connect Discovery), or of an API that names its own (RFC 9728)."
          placeholder="https://id.example.com"
          spellCheck={false}
          autoComplete="off"
          className={describeStyles.monoInput}
          value={url}
          onValue={(typed) => {
            setUrl(typed)
            setServers([])
            setServer('')
          }}
        />
        {servers.length > 0 && (
          <NativeSelect
            label="Authorization server"
            description="This API trusts several. Choose the one that you have an account at, then discover."
            data={servers}
            value={server}
            onChange={(event) => setServer(event.currentTarget.value)}
          />
        )}
        <PastedField
          kind="addresses"
          label="Where the API lives"
          description="If elsewhere than the issuer: tokens are sent there. Several with spaces between them."
          placeholder="https://api.example.com"
          spellCheck={false}
          autoComplete="off"
          className={describeStyles.monoInput}
          value={apis}
          onValue={setApis}
        />
        <div className={describeStyles.row}>
          <Button
            type="submit"
            size="xs"
            loading={discover.pending}
            disabled={url.trim() === ''}
            leftSection={<IconSearch size={14} aria-hidden />}
          >
            Discover
          </Button>
          {discover.failure && flow && (
            <Button size="xs" variant="subtle" onClick={() => openFlow(flow.id)}>
              What was asked
            </Button>
          )}
        </div>
        {discover.failure && (
          <FailurePanel failure={discover.failure} title="Nothing was discovered" onClose={discover.clear} />
        )}
      </form>
    </Section>
  )
}

function Copy() {
  const services = useGrantdesk((state) => state.services)
  const [id, setId] = useState(services[0]?.id ?? '')
  const asked = useCall('services.export')
  const copy = async () => {
    const answer = await asked.call({ id })
    const document = answer.ok ? documentFrom(answer.value.text) : null
    if (document) begin(copyOf(document, services), `A copy of ${String(document.name)}.`)
  }
  return (
    <Section title="As a copy">
      <p className={describeStyles.words}>
        Another service’s description, to be changed under a name and an id of its own.
      </p>
      <div className={describeStyles.row}>
        <NativeSelect
          aria-label="Service to copy"
          data={services.map((service) => ({ value: service.id, label: service.name }))}
          value={id}
          onChange={(event) => setId(event.currentTarget.value)}
        />
        <Button size="xs" variant="default" loading={asked.pending} onClick={() => void copy()}>
          Copy it
        </Button>
      </div>
      {asked.failure && <FailurePanel failure={asked.failure} onClose={asked.clear} />}
    </Section>
  )
}
