// The error at the field of the vault’s current passphrase when it is wrong.

/** `wait` is how long the next try waits (ms). */
export function wrongPresentWords(wait: number): string {
  const words = 'That is not the present passphrase.'
  return wait > 0 ? `${words} The next try is looked at in ${Math.ceil(wait / 1000)} s.` : `${words} Try again.`
}
