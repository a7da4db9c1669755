// Describing a service of one's own, or changing what is known of one. Owns how the form, its text and saving go together.
import { Button, SegmentedControl } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { FailurePanel } from '../kit/failure-panel.tsx'
import { Notice } from '../kit/notice.tsx'
import { Page } from '../kit/page.tsx'
import textStyles from '../kit/text.module.css'
import { useGrantdesk } from '../state/store.ts'
import { useCall } from '../state/use-call.ts'
import { ApiFields, ScopesFields } from './api-fields.tsx'
import { Begin } from './begin.tsx'
import { documentFrom } from './beginnings.ts'
import describeStyles from './describe.module.css'
import classes from './describe-screen.module.css'
import { textAt } from './document.ts'
import { type Draft, documentOf, drafts, isChanged, textProblem, useDraft } from './draft.ts'
import { GrantsFields } from './grants-fields.tsx'
import { SaveBar } from './save-bar.tsx'
import { AddressFields, ClientFields, NameFields } from './service-fields.tsx'
import { TextView } from './text-view.tsx'

interface DescribeScreenProps {
  /** The service whose description is changed; a new one where absent. */
  serviceId?: string | undefined
  /** Where the wizard was left for this. */
  thenConnect: boolean
}

export function DescribeScreen({ serviceId, thenConnect }: DescribeScreenProps) {
  const draft = useDraft()
  const go = useGrantdesk((state) => state.go)
  const leave = (id?: string) => {
    if (thenConnect) go(id === undefined ? { name: 'connect' } : { name: 'connect', serviceId: id })
    else go(id === undefined ? { name: 'services' } : { name: 'services', serviceId: id })
  }
  const wanted = serviceId ?? null
  if (draft && draft.serviceId !== wanted && isChanged(draft)) return <Unfinished draft={draft} />
  if (draft?.serviceId === wanted) return <Editor draft={draft} onLeave={leave} thenConnect={thenConnect} />
  if (wanted !== null) return <Opening id={wanted} />
  return (
    <Page
      title="Add a service"
      actions={
        <Button size="xs" variant="default" onClick={() => leave()}>
          Cancel
        </Button>
      }
    >
      <Begin onImported={leave} />
    </Page>
  )
}

/** Fetches the description that is to be changed. */
function Opening({ id }: { id: string }) {
  const asked = useCall('services.export')
  const { call } = asked
  useEffect(() => {
    void call({ id }).then((answer) => {
      const document = answer.ok ? documentFrom(answer.value.text) : null
      if (document) drafts.getState().begin({ kind: 'edit', serviceId: id, document, source: '', notes: [] })
    })
  }, [id, call])
  return (
    <Page title="Edit the description">
      {asked.failure ? <FailurePanel failure={asked.failure} /> : <p className={textStyles.quiet}>Reading it …</p>}
    </Page>
  )
}

/** Another description was begun and not saved: nothing of it goes without a word. */
function Unfinished({ draft }: { draft: Draft }) {
  const go = useGrantdesk((state) => state.go)
  const name = textAt(draft.document, 'name') || 'a new service'
  return (
    <Page title="An unfinished description">
      <p className={describeStyles.words}>Changes to “{name}” are not saved.</p>
      <div className={describeStyles.row}>
        <Button
          size="xs"
          onClick={() => go(draft.serviceId ? { name: 'describe', serviceId: draft.serviceId } : { name: 'describe' })}
        >
          Go on with it
        </Button>
        <Button size="xs" variant="default" onClick={() => drafts.getState().discard()}>
          Discard it
        </Button>
      </div>
    </Page>
  )
}

interface EditorProps {
  draft: Draft
  thenConnect: boolean
  onLeave: (id?: string) => void
}

function Editor({ draft, thenConnect, onLeave }: EditorProps) {
  const { showForm, showText } = drafts.getState()
  const form = useFirstProblem(draft)
  const origin = useGrantdesk((state) => state.services.find(({ id }) => id === draft.serviceId)?.origin)
  const broken = draft.text !== null && textProblem(draft.text) !== null
  const name = textAt(documentOf(draft) ?? draft.document, 'name')
  return (
    <>
      <Page
        title={draft.kind === 'edit' ? `Edit ${name}` : 'Describe a service'}
        actions={
          <SegmentedControl
            aria-label="View"
            data={[
              { value: 'form', label: 'Form' },
              { value: 'text', label: 'JSON' },
            ]}
            value={draft.text === null ? 'form' : 'text'}
            disabled={broken}
            onChange={(view) => (view === 'text' ? showText() : showForm())}
          />
        }
      >
        {(origin === 'built_in' || origin === 'preset') && (
          <p className={describeStyles.words}>
            {name} comes with Grantdesk. What you save here takes its place until you reset it on the services page.
          </p>
        )}
        {draft.source !== '' && <p className={describeStyles.words}>{draft.source}</p>}
        {draft.notes.length > 0 && (
          <div className={classes.notes}>
            {draft.notes.map((note) => (
              <Notice key={note}>{note}</Notice>
            ))}
          </div>
        )}
        {draft.text === null ? (
          <div ref={form}>
            <NameFields />
            <AddressFields />
            <ClientFields />
            <GrantsFields />
            <ScopesFields />
            <ApiFields />
          </div>
        ) : (
          <TextView text={draft.text} issues={draft.issues} />
        )}
      </Page>
      <SaveBar draft={draft} thenConnect={thenConnect} onLeave={onLeave} />
    </>
  )
}

/** Brings the first field that was refused into sight; where the form has none for it, the text shows it. */
function useFirstProblem({ issues, text }: Draft) {
  const form = useRef<HTMLDivElement>(null)
  const [first] = issues
  useEffect(() => {
    if (!first || text !== null) return
    const field = form.current?.querySelector<HTMLElement>(`[data-path="${CSS.escape(first.path)}"]`)
    if (!field) return drafts.getState().showText()
    field.closest('details')?.setAttribute('open', '')
    field.focus()
    field.scrollIntoView({ block: 'center' })
    // Only when the host has judged: not while the person mends one after the other.
  }, [first, text])
  return form
}
