// How long a token still lives, ticking. Says so in words too where it never ends or has ended.
import type { ConnectionView } from '../../contract/connection.ts'
import { noEndWords } from '../../contract/token-end.ts'
import { useNow } from '../state/use-now.ts'
import { countdownWords, momentWords, relativeWords } from './format.ts'
import classes from './mono.module.css'

/** A live countdown to `at` (ms). The exact moment is its title. */
export function Countdown({ at }: { at: number }) {
  const now = useNow()
  const words = at <= now ? relativeWords(at, now) : countdownWords(at - now)
  return (
    <time className={classes.figures} dateTime={new Date(at).toISOString()} title={momentWords(at)}>
      {words}
    </time>
  )
}

/** The same to a connection’s end; in words where none is known, or the person said that there is none. */
export function ExpiryCountdown({ connection }: { connection: Pick<ConnectionView, 'expiresAt' | 'neverExpires'> }) {
  const { expiresAt } = connection
  if (expiresAt === null) return <span className={classes.dim}>{noEndWords(connection)}</span>
  return <Countdown at={expiresAt} />
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
