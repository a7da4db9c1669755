// Who has to give way where more is kept than may be: whoever has most. Pure.

/**
 * How many each of them keeps, at most `most` all together: as many as it has where that is less than an even share. Where
 * there is not one for each, those that come last in `counts` get it.
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
