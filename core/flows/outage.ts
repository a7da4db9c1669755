// Responses of a busy or broken server, which refuses nothing and may say when to try again.

/** Whether a status means "not now" rather than "no", so that the tokens' state does not change. */
export function isOutage(status: number): boolean {
  return status >= 500 || status === 429 || status === 408 || status === 425
}

/** Whether the status means that the server did not process the request; after other outages it may have. */
export function wasTurnedAway(status: number): boolean {
  return status === 429 || status === 503 || status === 408 || status === 425
}

/** The longest accepted time (ms): more is a mistake of the server or a wrong clock. */
const longest = 7 * 86_400_000

/**
 * When to try again (ms since the epoch), at most a week from `now`; `null` if the server did not say. A date is compared with
 * the server's own `Date`, if there is one, because either clock may be wrong.
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
