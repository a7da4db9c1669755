// The loading screen until the first snapshot arrives, and the line shown while the host does not answer.
import { Loader } from '@mantine/core'
import { useEffect, useState } from 'react'
import { ToneShape } from '../kit/state-badge.tsx'
import { useGrantdesk } from '../state/store.ts'
import gateStyles from './gate.module.css'
import classes from './host-line.module.css'

/** Waits for the host: silent at first, words after a moment. */
export function HostLine() {
  const [slow, setSlow] = useState(false)
  const reachable = useGrantdesk((state) => state.reachable)
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), 400)
    return () => clearTimeout(timer)
  }, [])
  return (
    <main className={gateStyles.page}>
      {slow && (
        <p className={classes.waiting} role="status">
          <Loader size={14} aria-hidden="true" />
          {reachable ? 'Waiting for the vault…' : 'The host does not answer. Trying again…'}
        </p>
      )}
    </main>
  )
}

/** Says that what is on screen may be out of date. Nothing while the host answers. */
export function HostGone() {
  const reachable = useGrantdesk((state) => state.reachable)
  if (reachable) return null
  return (
    <div className={classes.gone} role="alert">
      <ToneShape tone="bad" />
      <span>
        The host does not answer, so this may be out of date. If <code>grantdesk serve</code> was started again, open
        the address it prints.
      </span>
    </div>
  )
}
