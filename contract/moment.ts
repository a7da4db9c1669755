// A moment as sentences of core and of the command line have it: where the person is, and alike in every language. Without Intl,
// which takes longer to start than most commands' work. The window writes moments that stand alone in the person's own way. Pure.

const two = (part: number) => String(part).padStart(2, '0')

/** The day (`2027-01-31`) on which a moment (ms) falls here. */
export function dayOf(at: number): string {
  const date = new Date(at)
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** A moment (ms) here to the minute: `2027-01-31 16:05`. */
export function clockTime(at: number): string {
  const date = new Date(at)
  return `${dayOf(at)} ${two(date.getHours())}:${two(date.getMinutes())}`
}
