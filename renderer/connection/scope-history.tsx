// The scopes of a connection over time, newest first: what each connect, refresh or question to the API changed.
import { useEffect, useState } from 'react'
import type { ConnectionView, ScopeChange } from '../../contract/connection.ts'
import { FailurePanel } from '../kit/failure-panel.tsx'
import { useCall } from '../state/use-call.ts'
import classes from './connection.module.css'
import { Moment } from './moment.tsx'

const causeWords = { connect: 'Connected', refresh: 'Refreshed', identify: 'Asked the API' } as const

/** What counts as held: what was granted, or what was asked for where nothing was said. */
function held(change: ScopeChange): string[] {
  return change.reported ?? change.granted ?? change.requested
}

function differenceWords(change: ScopeChange, before: ScopeChange | undefined): string {
  const now = held(change)
  if (before === undefined) return now.length === 0 ? 'no scopes' : now.join(' ')
  const then = held(before)
  const added = now.filter((scope) => !then.includes(scope))
  const removed = then.filter((scope) => !now.includes(scope))
  const parts = [
    added.length > 0 ? `added: ${added.join(' ')}` : '',
    removed.length > 0 ? `removed: ${removed.join(' ')}` : '',
  ].filter(Boolean)
  return parts.join(' · ') || 'the same scopes, named by another answer'
}

export function ScopeHistory({ connection }: { connection: ConnectionView }) {
  const { call, failure } = useCall('connections.scopeChanges')
  const [changes, setChanges] = useState<ScopeChange[]>([])
  const { id, scopes } = connection
  // Asked again whenever the scopes are others.
  const mark = JSON.stringify(scopes)
  useEffect(() => {
    let gone = false
    if (mark !== '')
      void call({ id }).then((answer) => {
        if (answer.ok && !gone) setChanges(answer.value.changes)
      })
    return () => {
      gone = true
    }
  }, [call, id, mark])
  if (failure) return <FailurePanel failure={failure} />
  if (changes.length === 0) return null
  return (
    <section className={classes.section} aria-label="Scopes over time">
      <h2>Over time</h2>
      <dl className={classes.facts} style={{ flexDirection: 'column' }}>
        {changes.map((change, index) => (
          <div key={change.at}>
            <dt>{causeWords[change.cause]}</dt>
            <dd>
              {differenceWords(change, changes[index + 1])}
              <span className={classes.below}>
                <Moment at={change.at} />
              </span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
