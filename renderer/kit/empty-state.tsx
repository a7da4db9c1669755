// Shown where a list is empty or a search found nothing: why, and what to do about it.
import type { ReactNode } from 'react'
import classes from './empty-state.module.css'

interface EmptyStateProps {
  title: string
  /** A sentence or two under the title. */
  text?: ReactNode
  icon?: ReactNode
  /** What to do next, as buttons. */
  actions?: ReactNode
}

/** An empty place that explains itself. */
export function EmptyState({ title, text, icon, actions }: EmptyStateProps) {
  return (
    <div className={classes.empty}>
      {icon && (
        <div className={classes.icon} aria-hidden="true">
          {icon}
        </div>
      )}
      <p className={classes.title}>{title}</p>
      {text && <div className={classes.text}>{text}</div>}
      {actions && <div className={classes.actions}>{actions}</div>}
    </div>
  )
}
