// The scopes of a connection over time, newest first: what each connect, refresh or question to the API asked for, was
// granted and was told, and what of it is other than before.
import { VisuallyHidden } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { ConnectionView, ScopeChange } from '../../contract/connection.ts'
import { FailurePanel } from '../kit/failure-panel.tsx'
import { useCall } from '../state/use-call.ts'
import { Moment } from './moment.tsx'
import panelStyles from './panel.module.css'
import { type ScopeLine, scopeDifference } from './scope-difference.ts'
import classes from './scope-history.module.css'

const causeWords = { connect: 'Connected', refresh: 'Refreshed', identify: 'Asked the API' } as const

/** From so many on, those that stayed are counted rather than named. */
const manyStayed = 12

const silence = { Requested: 'none', Granted: 'not named: unconfirmed', Reported: 'the API does not say' } as const

function Line({ line: { label, scopes, removed } }: { line: ScopeLine }) {
  const stayed = scopes?.filter(({ added }) => !added) ?? []
  const counted = stayed.length > manyStayed && stayed.length < (scopes?.length ?? 0) + removed.length
  const shown = counted ? scopes?.filter(({ added }) => added) : scopes
  return (
    <div className={classes.scopeLine}>
      <dt>{label}</dt>
      <dd>
        {scopes === null && <span className={classes.unsaid}>{silence[label]}</span>}
        {scopes?.length === 0 && removed.length === 0 && <span className={classes.unsaid}>none</span>}
        {counted && <span className={classes.unsaid}>{stayed.length} as before</span>}
        {shown?.map(({ value, added }) =>
          added ? (
            <ins key={value}>
              <VisuallyHidden>added </VisuallyHidden>
              {value}
            </ins>
          ) : (
            <code key={value}>{value}</code>
          ),
        )}
        {removed.map((value) => (
          <del key={value}>
            <VisuallyHidden>removed </VisuallyHidden>
            {value}
          </del>
        ))}
      </dd>
    </div>
  )
}

function Change({ change, before }: { change: ScopeChange; before: ScopeChange | undefined }) {
  const { lines, refused } = scopeDifference(change, before)
  return (
    <li className={classes.scopeChange}>
      <p className={classes.scopeMoment}>
        <span>{causeWords[change.cause]}</span> <Moment at={change.at} />
      </p>
      <dl>
        {lines.map((line) => (
          <Line key={line.label} line={line} />
        ))}
        {refused.length > 0 && (
          <div className={classes.scopeLine} data-refused>
            <dt>Not granted</dt>
            <dd>
              {refused.map((value) => (
                <code key={value}>{value}</code>
              ))}
            </dd>
          </div>
        )}
      </dl>
    </li>
  )
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
    <section className={panelStyles.section} aria-label="Scopes over time">
      <h2>Over time</h2>
      <ol className={classes.scopeChanges}>
        {changes.map((change, index) => (
          <Change key={change.at} change={change} before={changes[index + 1]} />
        ))}
      </ol>
    </section>
  )
}
