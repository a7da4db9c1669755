// Text that a machine reads: tokens' shapes, URLs, scopes. Monospaced, breakable, never translated.
import type { ReactNode } from 'react'
import classes from './mono.module.css'

/** Monospaced text; `clip` keeps it on one line with an ellipsis, otherwise it breaks anywhere. */
export function Mono({ children, clip = false, dim = false }: { children: ReactNode; clip?: boolean; dim?: boolean }) {
  return (
    <span
      className={classes.mono}
      data-clip={clip || undefined}
      data-dim={dim || undefined}
      title={clip && typeof children === 'string' ? children : undefined}
      translate="no"
    >
      {children}
    </span>
  )
}
