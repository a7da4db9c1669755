// What a server says when it is busy or broken: it has refused nothing, and sometimes it names the time to come back.

/** Whether a status says "not now" rather than "no": it changes nothing for the tokens. */
export function isOutage(status: number): boolean {
  return status >= 500 || status === 429 || status === 408 || status === 425
}

/** Whether the server says that it did not take the request up; after any other outage it may have. */
export function wasTurnedAway(status: number): boolean {
  return status === 429 || status === 503 || status === 408 || status === 425
}

/** Nobody is sent away for longer (ms): a week is a mistake, and a date far off a clock that is wrong. */
const longest = 7 * 86_400_000

/**
 * When to come back (ms since the epoch), at most a week from `now`; `null` where the server did not say. A date is
 * measured by the server's own clock where the answer shows it, because ours, or theirs, may be wrong.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
 */
export function retryAt(headers: Headers, now: number): number | null {
  const value = headers.get('retry-after')?.trim() ?? ''
  if (/^\d{1,12}$/.test(value)) return now + Math.min(Number(value) * 1000, longest)
  const at = httpDate(value)
  if (at === null) return null
  const theirNow = httpDate(headers.get('date')?.trim() ?? '') ?? now
  return now + Math.min(Math.max(0, at - theirNow), longest)
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7 */
function httpDate(text: string): number | null {
  if (!/^\w{3,9}, ?\d{1,2}[ -]\w{3}[ -]\d{2,4} \d{2}:\d{2}:\d{2} GMT$/.test(text)) return null
  const at = Date.parse(text)
  return Number.isNaN(at) ? null : at
}
