// One event in full, as recorded: what it means, its facts, its request and response. Nothing is left out but the secrets.

import { Button, Group } from '@mantine/core'
import { IconArrowNarrowRight } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { FlowEvent } from '../../contract/flow/event.ts'
import { eventFacts } from '../../contract/flow/event-facts.ts'
import type { RecordedRequest, RecordedResponse } from '../../contract/flow/exchange.ts'
import { partyWords } from '../../contract/flow/party-words.ts'
import { rawRequest, rawResponse } from '../../contract/flow/raw-message.ts'
import { recordedCurl } from '../../contract/flow/recorded-curl.ts'
import { queryOf } from '../../contract/flow/request-line.ts'
import { eventNote, eventParties } from '../../contract/flow/words.ts'
import { headerValue } from '../../contract/header-value.ts'
import { languageOf, prettyText } from '../code/body-text.ts'
import { CodeView } from '../code/code.tsx'
import { CopyText } from '../kit/copy-text.tsx'
import { sizeWords, timeWords } from '../kit/format.ts'
import { PairTable, RecordedText } from '../kit/recorded-text.tsx'
import classes from './event-details.module.css'
import { ParameterTable } from './parameter-table.tsx'
import { pairsOf } from './words.ts'

export function EventDetails({ event }: { event: FlowEvent }) {
  const { from, to } = eventParties(event)
  const note = eventNote(event)
  const request = 'request' in event ? event.request : null
  const response = 'response' in event ? event.response : null
  const parameters = 'parameters' in event ? event.parameters : []
  const facts = eventFacts(event)
  const isEmpty = note === '' && !request && !response && parameters.length === 0 && facts.length === 0
  return (
    <div className={classes.details}>
      <p className={classes.route}>
        <span>
          {partyWords[from]}
          {from !== to && (
            <>
              {' '}
              <IconArrowNarrowRight size={14} role="img" aria-label="to" /> {partyWords[to]}
            </>
          )}
        </span>
        <span>{timeWords(event.at)}</span>
      </p>
      {note !== '' && (
        <p className={classes.note}>
          <RecordedText text={note} />
        </p>
      )}
      <PairTable pairs={facts} label="Facts" />
      {event.kind === 'authorization_request' && (
        <p className={classes.startLine}>
          <strong>GET</strong> <RecordedText text={event.endpoint} />
        </p>
      )}
      {parameters.length > 0 && (
        <Part title="Parameters">
          <ParameterTable pairs={parameters} label="Parameters" />
        </Part>
      )}
      {request && <RequestPart request={request} withParameters={parameters.length === 0} />}
      {response && <ResponsePart response={response} />}
      {isEmpty && <p className={classes.note}>Nothing more to show.</p>}
    </div>
  )
}

function RequestPart({ request, withParameters }: { request: RecordedRequest; withParameters: boolean }) {
  const [raw, setRaw] = useState(false)
  const curl = recordedCurl(request)
  return (
    <div className={classes.message}>
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <p className={classes.startLine}>
          <strong>{request.method}</strong> <RecordedText text={request.url} />
        </p>
        <MessageTools of="request" raw={raw} onRaw={setRaw}>
          {curl !== null && <CopyText text={curl} label="Copy as curl" />}
        </MessageTools>
      </Group>
      {raw ? (
        <CodeView text={rawRequest(request)} language="text" label="Request as recorded" maxHeight={320} />
      ) : (
        <>
          {withParameters && (
            <Part title="Parameters">
              <ParameterTable pairs={pairsOf(queryOf(request.url))} label="Parameters" />
            </Part>
          )}
          <Part title="Headers">
            <PairTable pairs={request.headers} label="Request headers" />
          </Part>
          <Body body={request.body} headers={request.headers} label="Request body" truncated={request.truncated} />
        </>
      )}
    </div>
  )
}

function ResponsePart({ response }: { response: RecordedResponse }) {
  const [raw, setRaw] = useState(false)
  const isBinary = response.body === null && response.size !== null && response.size > 0
  return (
    <div className={classes.message}>
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <p className={classes.startLine}>
          <strong>{response.status}</strong> {response.statusText}
        </p>
        <MessageTools of="response" raw={raw} onRaw={setRaw}>
          {raw && <CopyText text={rawResponse(response)} label="Copy response" />}
        </MessageTools>
      </Group>
      {raw ? (
        <CodeView text={rawResponse(response)} language="text" label="Response as recorded" maxHeight={320} />
      ) : (
        <>
          <Part title="Headers">
            <PairTable pairs={response.headers} label="Response headers" />
          </Part>
          <Body body={response.body} headers={response.headers} label="Response body" truncated={response.truncated} />
        </>
      )}
      {isBinary && (
        <p className={classes.note}>{sizeWords(response.size ?? 0)} that are not text, and are not recorded.</p>
      )}
    </div>
  )
}

interface MessageToolsProps {
  of: 'request' | 'response'
  raw: boolean
  onRaw: (raw: boolean) => void
  children: ReactNode
}

function MessageTools({ of, raw, onRaw, children }: MessageToolsProps) {
  return (
    <Group gap={4} wrap="nowrap" ml="auto">
      <Button
        size="compact-xs"
        variant={raw ? 'light' : 'subtle'}
        aria-pressed={raw}
        aria-label={`Raw ${of}`}
        onClick={() => onRaw(!raw)}
      >
        Raw
      </Button>
      {children}
    </Group>
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
        <ParameterTable pairs={pairsOf(body)} label={label} />
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
