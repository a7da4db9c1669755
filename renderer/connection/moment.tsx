// Moments as the connection's facts show them: the exact time, and how far it is from now.
import { RelativeTime } from '../kit/countdown.tsx'
import { momentWords, relativeWords } from '../kit/format.ts'
import { useNow } from '../state/use-now.ts'
import classes from './moment.module.css'

/** How far `at` (ms) is, with the exact time below it. */
export function Moment({ at }: { at: number }) {
  return (
    <span className={classes.moment}>
      <RelativeTime at={at} />
      <span className={classes.below}>{momentWords(at)}</span>
    </span>
  )
}

/** A time to come, by the second: `in 32 s`. */
export function InTime({ at }: { at: number }) {
  return relativeWords(at, useNow())
}
