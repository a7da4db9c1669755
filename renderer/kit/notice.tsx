// Something the person should know that is no failure: amber, with a shape of its own.
import type { ReactNode } from 'react'
import classes from './notice.module.css'
import { ToneShape } from './state-badge.tsx'

export function Notice({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className={classes.notice} role="status">
      <span className={classes.shape}>
        <ToneShape tone="warn" size={12} />
      </span>
      <p>{children}</p>
      {action && <span className={classes.action}>{action}</span>}
    </div>
  )
}
