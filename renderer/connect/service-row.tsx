// One service to choose: its name, what it is, where it lives.
import { IconChevronRight } from '@tabler/icons-react'
import classes from './connect.module.css'
import rows from './service-step.module.css'

interface ServiceRowProps {
  name: string
  words: string
  tag?: string | undefined
  /** `null` where each account has its own address. */
  host: string | null
  pressed?: boolean
  onChoose: () => void
}

export function ServiceRow({ name, words, tag, host, pressed, onChoose }: ServiceRowProps) {
  return (
    <li>
      <button type="button" className={rows.service} aria-pressed={pressed} data-moves onClick={onChoose}>
        <span className={rows.name}>
          {name}
          {tag && <span className={classes.tag}>{tag}</span>}
        </span>
        <span className={rows.words}>{words}</span>
        <span className={rows.host}>{host ?? <em>your own address</em>}</span>
        <IconChevronRight size={15} aria-hidden />
      </button>
    </li>
  )
}
