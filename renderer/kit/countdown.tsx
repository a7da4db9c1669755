// How long a token still lives, ticking. Says so in words too where it never ends or has ended.
import { useNow } from '../state/use-now.ts'
import { countdownWords, momentWords, relativeWords } from './format.ts'
import classes from './mono.module.css'

/** A live countdown to `at` (ms); `null` is a token that names no end. The exact moment is its title. */
export function Countdown({ at, none = 'no expiry given' }: { at: number | null; none?: string }) {
  const now = useNow()
  if (at === null) return <span className={classes.dim}>{none}</span>
  const words = at <= now ? relativeWords(at, now) : countdownWords(at - now)
  return (
    <time className={classes.figures} dateTime={new Date(at).toISOString()} title={momentWords(at)}>
      {words}
    </time>
  )
}

/** A moment as `12 min ago`, kept up to date; the exact moment is its title. */
export function RelativeTime({ at }: { at: number }) {
  const now = useNow(5000)
  return (
    <time className={classes.figures} dateTime={new Date(at).toISOString()} title={momentWords(at)}>
      {relativeWords(at, Math.max(now, Date.now()))}
    </time>
  )
}
