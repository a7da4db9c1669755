// One connection of a health check: what its token answered, until when, and what it needs with the remedy beside it.
import { Button } from '@mantine/core'
import type { Health } from '../../contract/health.ts'
import { RemedyButtons } from '../diagnosis/remedy-buttons.tsx'
import { Countdown } from '../kit/countdown.tsx'
import { type Tone, ToneShape } from '../kit/state-badge.tsx'
import { grantdesk, useGrantdesk } from '../state/store.ts'
import classes from './health-page.module.css'

const words: Record<Health['token'], { tone: Tone; word: string }> = {
  works: { tone: 'good', word: 'works' },
  refused: { tone: 'bad', word: 'refused' },
  unreachable: { tone: 'warn', word: 'not reached' },
  unasked: { tone: 'off', word: 'cannot be asked' },
  revoked: { tone: 'off', word: 'revoked' },
}

export function HealthRow({ health }: { health: Health }) {
  const { connectionId, name, serviceName, token, expiresAt, needs, flowId } = health
  const { tone, word } = words[token]
  const open = () => grantdesk.getState().go({ name: 'connection', id: connectionId })
  return (
    <li className={classes.row}>
      <div className={classes.line}>
        <ToneShape tone={needs.length > 0 && tone === 'good' ? 'warn' : tone} />
        <button type="button" className={classes.name} onClick={open}>
          {name}
        </button>
        <span className={classes.service}>{serviceName}</span>
        <span className={classes.word}>{word}</span>
        <span className={classes.end}>{expiresAt === null ? '' : <Countdown at={expiresAt} />}</span>
      </div>
      {needs.map(({ kind, title, remedy }) => (
        <p key={kind + title} className={classes.need}>
          {title} {remedy}
        </p>
      ))}
      {needs.length > 0 && <Remedies health={health} flowId={flowId} />}
    </li>
  )
}

/** What the diagnosis offers, else what mends it usually. */
function Remedies({ health, flowId }: { health: Health; flowId: string | null }) {
  const { connectionId, diagnoses, needs } = health
  const connection = useGrantdesk((state) => state.connections.find(({ id }) => id === connectionId))
  const flow = useGrantdesk((state) => state.flows.find(({ id }) => id === flowId))
  const { go, openFlow, requestCommand } = grantdesk.getState()
  if (!connection) return null
  const actions = diagnoses[0]?.actions ?? []
  const kinds = new Set(needs.map(({ kind }) => kind))
  const reconnects = ['refused', 'broken', 'expired', 'expiring', 'scopes'] as const
  return (
    <div className={classes.remedies}>
      {flow && actions.length > 0 ? (
        <RemedyButtons flow={flow} actions={actions} />
      ) : (
        reconnects.some((kind) => kinds.has(kind)) && (
          <Button size="xs" onClick={() => go({ name: 'connect', reconnect: connectionId })}>
            {connection.grantType === 'static_token' ? 'Replace the token' : 'Connect again'}
          </Button>
        )
      )}
      {kinds.has('workspace') && (
        <Button
          size="xs"
          variant="default"
          onClick={() => {
            go({ name: 'connection', id: connectionId })
            requestCommand({ connectionId, command: 'choose_workspace' })
          }}
        >
          Choose the workspace
        </Button>
      )}
      {flowId !== null && (
        <Button size="xs" variant="subtle" onClick={() => openFlow(flowId)}>
          Show the flow
        </Button>
      )}
    </div>
  )
}
