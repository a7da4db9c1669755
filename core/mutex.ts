// Mutual exclusion for asynchronous tasks: they run one after another, in order, even if earlier ones failed.

/** Runs each task when all earlier ones have ended. */
export function mutex(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (task) => {
    const turn = last.then(task)
    last = turn.catch(() => undefined)
    return turn
  }
}

/** One mutex per key: only tasks with the same key wait for each other. */
export function keyedMutex(): <T>(key: string, task: () => Promise<T>) => Promise<T> {
  const turns = new Map<string, ReturnType<typeof mutex>>()
  return (key, task) => {
    const turn = turns.get(key) ?? mutex()
    turns.set(key, turn)
    return turn(task)
  }
}
