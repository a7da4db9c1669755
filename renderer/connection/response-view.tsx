// What came back from a test request: status, time, size, rate limit, explanation, body, headers.
import { Button, SegmentedControl } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { useState } from 'react'
import type { Failure } from '../../contract/failure.ts'
import { elapsedText } from '../../contract/flow/elapsed.ts'
import type { RequestResult } from '../../contract/request.ts'
import { type Language, prettyText } from '../code/body-text.ts'
import { CodeView } from '../code/code.tsx'
import { CopyText } from '../kit/copy-text.tsx'
import { sizeWords } from '../kit/format.ts'
import { PairTable } from '../kit/recorded-text.tsx'
import textStyles from '../kit/text.module.css'
import { useGrantdesk } from '../state/store.ts'
import { InTime } from './moment.tsx'
import panelStyles from './panel.module.css'
import classes from './response-view.module.css'
import { SaveAnswer } from './save-answer.tsx'

interface ResponseViewProps {
  requestKey: string
  result: RequestResult
  onFailure: (failure: Failure) => void
}

export function ResponseView({ requestKey, result, onFailure }: ResponseViewProps) {
  const [part, setPart] = useState('pretty')
  const openFlow = useGrantdesk((state) => state.openFlow)
  const good = result.status < 400
  return (
    <>
      <div className={classes.responseLine} role="status">
        <span className={classes.statusCode} data-good={good}>
          {good ? <IconCircleCheck size={16} aria-hidden /> : <IconAlertTriangle size={16} aria-hidden />}
          {result.status} {result.statusText}
        </span>
        <span>{elapsedText(result.ms)}</span>
        <span>{result.size === null ? 'more is coming' : sizeWords(result.size)}</span>
        <RateLimit rateLimit={result.rateLimit} />
        <span className={classes.spacer} />
        <Button size="compact-xs" variant="subtle" onClick={() => openFlow(result.flowId)}>
          Show flow
        </Button>
      </div>
      {result.explanation !== null && <p className={classes.explanation}>{result.explanation}</p>}
      <div className={panelStyles.partBar}>
        <SegmentedControl
          size="xs"
          aria-label="Part of the response"
          value={part}
          onChange={setPart}
          data={[
            { value: 'pretty', label: 'Body' },
            { value: 'raw', label: 'Raw' },
            { value: 'headers', label: `Headers (${result.headers.length})` },
          ]}
        />
        {result.format !== 'empty' && <SaveAnswer requestKey={requestKey} result={result} onFailure={onFailure} />}
        {result.body !== '' && part !== 'headers' && <CopyText text={result.body} label="Copy body" />}
      </div>
      {part === 'headers' ? (
        <PairTable pairs={result.headers} label="Response headers" />
      ) : (
        <ResponseBody result={result} pretty={part === 'pretty'} />
      )}
    </>
  )
}

function RateLimit({ rateLimit }: Pick<RequestResult, 'rateLimit'>) {
  if (rateLimit === null) return null
  const { limit, remaining, resetsAt } = rateLimit
  if (remaining === null && resetsAt === null) return null
  return (
    <span>
      {remaining !== null && `${remaining}${limit === null ? '' : ` of ${limit}`} requests left`}
      {remaining !== null && resetsAt !== null && ', '}
      {resetsAt !== null && (
        <>
          again in full <InTime at={resetsAt} />
        </>
      )}
    </span>
  )
}

const languages: Record<RequestResult['format'], Language> = {
  json: 'json',
  html: 'html',
  xml: 'xml',
  text: 'text',
  binary: 'text',
  empty: 'text',
}

function ResponseBody({ result, pretty }: { result: RequestResult; pretty: boolean }) {
  if (result.format === 'empty' || result.body === '') return <p className={textStyles.quiet}>The body is empty.</p>
  if (result.format === 'binary')
    return <p className={textStyles.quiet}>The body is no text, so it is not shown. It can be saved.</p>
  const language = languages[result.format]
  return (
    <>
      {result.truncated && (
        <p className={textStyles.quiet}>This is the beginning of the body. All of it can be saved.</p>
      )}
      <CodeView
        text={pretty ? prettyText(result.body, language) : result.body}
        language={pretty ? language : 'text'}
        label="Response body"
        maxHeight={520}
      />
    </>
  )
}
