// A note that is no failure, with a shape of its own; amber if the person should act.
import type { ReactNode } from 'react'
import classes from './notice.module.css'
import { type Tone, ToneShape } from './state-badge.tsx'

interface NoticeProps {
  children: ReactNode
  action?: ReactNode
  tone?: Extract<Tone, 'warn' | 'busy'>
  /** It holds a countdown: a screen reader must not be told of each second. */
  ticking?: boolean
}

export function Notice({ children, action, tone = 'warn', ticking = false }: NoticeProps) {
  return (
    <div className={classes.notice} data-tone={tone} role={ticking ? undefined : 'status'}>
      <span className={classes.shape}>
        <ToneShape tone={tone} size={12} />
      </span>
      <p>{children}</p>
      {action && <span className={classes.action}>{action}</span>}
    </div>
  )
}
