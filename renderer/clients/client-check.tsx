// Refreshes each connection of a client once, to see which of them the service still accepts.
import { Button, Group, Modal } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { ClientCheck as Checked, ClientView } from '../../contract/client.ts'
import { FailurePanel } from '../kit/failure-panel.tsx'
import fieldStyles from '../kit/field.module.css'
import { countWords } from '../kit/format.ts'
import rowStyles from '../kit/row.module.css'
import { ToneShape } from '../kit/state-badge.tsx'
import textStyles from '../kit/text.module.css'
import { useGrantdesk } from '../state/store.ts'
import { useCall } from '../state/use-call.ts'

const outcomes = {
  works: { tone: 'good', word: 'works' },
  refused: { tone: 'bad', word: 'refused' },
  not_refreshable: { tone: 'off', word: 'not refreshable' },
  unreachable: { tone: 'warn', word: 'could not be tried' },
} as const

const order: Checked['outcome'][] = ['refused', 'unreachable', 'not_refreshable', 'works']

/** What fails stands first. */
function rank({ outcome }: Checked): number {
  return order.indexOf(outcome)
}

/** How many fail, in a sentence before the list. */
function summary(results: Checked[]): string {
  const refused = results.filter(({ outcome }) => outcome === 'refused').length
  if (refused === 0) return 'The service refused none.'
  const cure = results.some(({ clientRefused }) => clientRefused) ? 'correct the client' : 'reconnect'
  return `The service refuses ${refused} of ${countWords(results.length, 'connection')}: ${cure}.`
}

function Result({ result, onOpen }: { result: Checked; onOpen(): void }) {
  const go = useGrantdesk((state) => state.go)
  const { tone, word } = outcomes[result.outcome]
  return (
    <li className={rowStyles.row}>
      <ToneShape tone={tone} />
      <span>
        {result.name}: {word}
        <br />
        <span className={textStyles.dim}>{result.words}</span>
      </span>
      <Button
        variant="default"
        size="xs"
        aria-label={`Open ${result.name}`}
        onClick={() => {
          onOpen()
          go({ name: 'connection', id: result.connectionId })
        }}
      >
        Open
      </Button>
    </li>
  )
}

interface ClientCheckProps {
  client: ClientView
  /** Whether the person has asked for it already, by replacing the secret. */
  atOnce: boolean
  /** The client's secret is to be typed, once more. */
  onEnterSecret(): void
  onClose(): void
}

export function ClientCheck({ client, atOnce, onEnterSecret, onClose }: ClientCheckProps) {
  const check = useCall('clients.check')
  const [results, setResults] = useState<Checked[] | null>(null)
  const run = async () => {
    const answer = await check.call({ id: client.id })
    if (answer.ok) setResults(answer.value.results.toSorted((one, other) => rank(one) - rank(other)))
  }
  const clientRefused = results?.some((result) => result.clientRefused) ?? false
  const asked = useRef(atOnce)
  useEffect(() => {
    if (!asked.current) return
    asked.current = false
    void run()
  })
  return (
    <Modal opened onClose={onClose} title={`Check the connections of ${client.name}`} size={480}>
      <div className={fieldStyles.fields}>
        {results === null ? (
          <p style={{ margin: 0 }}>
            {countWords(client.connectionCount, 'connection')} {check.pending ? 'being' : 'will be'} refreshed once with
            what is stored for this client now{check.pending ? ' …' : '.'}
          </p>
        ) : (
          <>
            <p style={{ margin: 0 }} role="status">
              {summary(results)}
            </p>
            <ul className={rowStyles.rows} aria-label="Results">
              {results.map((result) => (
                <Result key={result.connectionId} result={result} onOpen={onClose} />
              ))}
            </ul>
          </>
        )}
        {check.failure && <FailurePanel failure={check.failure} />}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            Close
          </Button>
          {clientRefused && (
            <Button disabled={check.pending} onClick={onEnterSecret}>
              {atOnce ? 'Enter it again' : 'Replace the client’s secret'}
            </Button>
          )}
          <Button variant={clientRefused ? 'default' : 'filled'} loading={check.pending} onClick={() => void run()}>
            {results === null ? 'Check connections' : 'Check again'}
          </Button>
        </Group>
      </div>
    </Modal>
  )
}
