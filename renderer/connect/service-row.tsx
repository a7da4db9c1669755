// One service to choose: its name, what it is, where it lives.
import { IconChevronRight } from '@tabler/icons-react'
import tagStyles from '../kit/tag.module.css'
import classes from './service-row.module.css'

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
      <button type="button" className={classes.service} aria-pressed={pressed} data-moves onClick={onChoose}>
        <span className={classes.name}>
          {name}
          {tag && <span className={tagStyles.tag}>{tag}</span>}
        </span>
        <span className={classes.words}>{words}</span>
        <span className={classes.host}>{host ?? <em>your own address</em>}</span>
        <IconChevronRight size={15} aria-hidden />
      </button>
    </li>
  )
}
