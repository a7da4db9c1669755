// A value that is made when it is first asked for.

/** Calls `make` at most once, and only if its value is wanted. */
export function once<Made>(make: () => Made): () => Made {
  let made: { value: Made } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
