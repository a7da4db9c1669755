// Divides a limit fairly: those that have most give up some. Pure.

/**
 * How many each key may keep, at most `most` in total: all it has if that is less than an even share. If there is not even one
 * for each, the last ones in `counts` get one.
 */
export function fairShares<Key>(counts: ReadonlyMap<Key, number>, most: number): Map<Key, number> {
  const fewestFirst = [...counts].sort(([, one], [, other]) => one - other)
  let left = most
  return new Map(
    fewestFirst.map(([key, count], at) => {
      const share = Math.min(count, Math.floor(left / (fewestFirst.length - at)))
      left -= share
      return [key, share]
    }),
  )
}
