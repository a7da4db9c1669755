// A screen of the middle column: a bar with its name and actions, and what scrolls under it.
import type { ReactNode } from 'react'
import classes from './page.module.css'

interface PageProps {
  title: string
  /** A few words beside the title, such as a count. */
  aside?: ReactNode
  /** Controls at the right end of the bar. */
  actions?: ReactNode
  /** `false` where the content scrolls by itself. */
  scrolls?: boolean
  children: ReactNode
}

export function Page({ title, aside, actions, scrolls = true, children }: PageProps) {
  return (
    <>
      <header className={classes.bar}>
        <h1 className={classes.title}>{title}</h1>
        {aside && <span className={classes.aside}>{aside}</span>}
        {actions && <div className={classes.actions}>{actions}</div>}
      </header>
      <div className={scrolls ? classes.scrolls : classes.fills}>{children}</div>
    </>
  )
}

/** A titled part of a page. */
export function Section({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className={classes.section}>
      <div className={classes.sectionHead}>
        <h2 className={classes.sectionTitle}>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  )
}

/** Facts as label and value, a hairline between them. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className={classes.facts}>{children}</dl>
}

export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}
