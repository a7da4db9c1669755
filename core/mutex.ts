// Mutual exclusion for asynchronous tasks: they run one after another, in the order asked for, whether or not earlier ones failed.

/** Runs each task when all earlier ones have ended. */
export function mutex(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (task) => {
    const turn = last.then(task)
    last = turn.catch(() => undefined)
    return turn
  }
}

/** The same for each key by itself: tasks of one key wait for each other, tasks of different keys do not. */
export function keyedMutex(): <T>(key: string, task: () => Promise<T>) => Promise<T> {
  const turns = new Map<string, ReturnType<typeof mutex>>()
  return (key, task) => {
    const turn = turns.get(key) ?? mutex()
    turns.set(key, turn)
    return turn(task)
  }
}
