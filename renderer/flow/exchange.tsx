// One step's request and response in full, as recorded: nothing left out but the secrets.
import { IconArrowNarrowRight } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Step } from '../../contract/flow.ts'
import { headerValue, languageOf, prettyText } from '../code/body-text.ts'
import { CodeView } from '../code/code.tsx'
import { timeWords } from '../kit/format.ts'
import classes from './flow.module.css'
import { PairTable, RecordedText } from './recorded-text.tsx'
import { pairsOf, partyWords, queryOf } from './words.ts'

export function Exchange({ step }: { step: Step }) {
  return (
    <div className={classes.exchange}>
      <p className={classes.route}>
        <span>
          {partyWords[step.from]} <IconArrowNarrowRight size={14} role="img" aria-label="to" /> {partyWords[step.to]}
        </span>
        <span>{timeWords(step.at)}</span>
      </p>
      {step.note !== '' && (
        <p className={classes.note}>
          <RecordedText text={step.note} />
        </p>
      )}
      {step.request && <RequestPart request={step.request} />}
      {step.response && <ResponsePart response={step.response} />}
      {!step.request && !step.response && step.note === '' && <p className={classes.note}>Nothing more to show.</p>}
    </div>
  )
}

function RequestPart({ request }: { request: NonNullable<Step['request']> }) {
  return (
    <div className={classes.message}>
      <p className={classes.startLine}>
        <strong>{request.method}</strong> <RecordedText text={request.url} />
      </p>
      <Part title="Parameters">
        <PairTable pairs={pairsOf(queryOf(request.url))} label="Parameters" />
      </Part>
      <Part title="Headers">
        <PairTable pairs={request.headers} label="Request headers" />
      </Part>
      <Body body={request.body} headers={request.headers} label="Request body" truncated={false} />
    </div>
  )
}

function ResponsePart({ response }: { response: NonNullable<Step['response']> }) {
  return (
    <div className={classes.message}>
      <p className={classes.startLine}>
        <strong>{response.status}</strong> {response.statusText}
      </p>
      <Part title="Headers">
        <PairTable pairs={response.headers} label="Response headers" />
      </Part>
      <Body body={response.body} headers={response.headers} label="Response body" truncated={response.truncated} />
    </div>
  )
}

interface BodyProps {
  body: string | null
  headers: [string, string][]
  label: string
  truncated: boolean
}

function Body({ body, headers, label, truncated }: BodyProps) {
  if (body === null || body === '') return null
  const language = languageOf(body, headerValue(headers, 'content-type'))
  const title = truncated ? 'Body · only its beginning was kept' : 'Body'
  return (
    <Part title={title}>
      {language === 'form' ? (
        <PairTable pairs={pairsOf(body)} label={label} />
      ) : (
        <CodeView text={prettyText(body, language)} language={language} label={label} maxHeight={320} />
      )}
    </Part>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className={classes.part}>
      <p className={classes.partTitle}>{title}</p>
      {children}
    </div>
  )
}
