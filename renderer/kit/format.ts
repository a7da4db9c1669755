// Times, sizes and lists as words. Pure; every function takes the moment it speaks from.

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** A span (ms) in one or two units, largest first: `42 s`, `12 min`, `3 h 05 min`, `6 d 4 h`. */
export function spanWords(ms: number): string {
  const span = Math.max(0, ms)
  if (span < minute) return `${Math.floor(span / second)} s`
  if (span < hour) return `${Math.floor(span / minute)} min`
  if (span < day)
    return `${Math.floor(span / hour)} h ${String(Math.floor((span % hour) / minute)).padStart(2, '0')} min`
  const days = Math.floor(span / day)
  const hours = Math.floor((span % day) / hour)
  if (days >= 60) return `${Math.floor(days / 30)} months`
  return days >= 10 || hours === 0 ? `${days} d` : `${days} d ${hours} h`
}

/** A span (ms) as a clock that ticks: `0:42`, `11:58`, `3:05:09`, and from a day on as words. */
export function countdownWords(ms: number): string {
  const span = Math.max(0, ms)
  if (span >= day) return spanWords(span)
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  const seconds = two((span % minute) / second)
  return span >= hour
    ? `${Math.floor(span / hour)}:${two((span % hour) / minute)}:${seconds}`
    : `${Math.floor(span / minute)}:${seconds}`
}

/** A span (ms) in its largest unit alone: what is past needs no minutes. */
function roughWords(span: number): string {
  if (span < hour || span >= 10 * day) return spanWords(span)
  return span < day ? `${Math.floor(span / hour)} h` : `${Math.floor(span / day)} d`
}

/** How long ago, or in how long: `just now`, `3 h ago`, `in 3 h 05 min`. */
export function relativeWords(at: number, now: number): string {
  const distance = at - now
  if (Math.abs(distance) < 5 * second) return 'just now'
  return distance > 0 ? `in ${spanWords(distance)}` : `${roughWords(-distance)} ago`
}

const dateTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' })
const dayAlone = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' })
const clockTime = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' })

/** A moment in the person's own way of writing it. */
export function momentWords(at: number): string {
  return dateTime.format(at)
}

/** The day of a moment. */
export function dayWords(at: number): string {
  return dayAlone.format(at)
}

/** When something ends or ended: the day, or `in 12 min` and `3 h ago` where that is less than a day away. */
export function endMomentWords(at: number, now: number): string {
  if (Math.abs(at - now) >= day) return `on ${dayWords(at)}`
  return at > now ? `in ${spanWords(at - now)}` : `${roughWords(now - at)} ago`
}

/** The time of day of a moment. */
export function timeWords(at: number): string {
  return clockTime.format(at)
}

/** Bytes in decimal units: `812 B`, `4.2 kB`, `1.3 MB`. */
export function sizeWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}

/** `1 scope`, `3 scopes`. */
export function countWords(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}

/** An address without its scheme and trailing slash, for a line with little room. */
export function hostWords(url: string): string {
  return url.replace(/^https?:\/\//, '').replace(/\/$/, '')
}
