// A line across the window, wherever the person is in the application: what it tells, and what can be done about it.
import type { ReactNode } from 'react'
import classes from './banner.module.css'
import { ToneShape } from './state-badge.tsx'

/** The words stand in a `span`, and buttons behind it. */
export function Banner({ tone, children }: { tone: 'warn' | 'bad'; children: ReactNode }) {
  return (
    <div className={classes.banner} data-tone={tone} role="status">
      <ToneShape tone={tone} />
      {children}
    </div>
  )
}
