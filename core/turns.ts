// One thing after another, in the order asked for, whatever became of the one before.

/** Runs each task when all earlier ones have ended. */
export function inTurn(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (task) => {
    const turn = last.then(task)
    last = turn.catch(() => undefined)
    return turn
  }
}

/** The same for each key by itself: tasks of one key wait for each other, tasks of different keys do not. */
export function inTurnByKey(): <T>(key: string, task: () => Promise<T>) => Promise<T> {
  const turns = new Map<string, ReturnType<typeof inTurn>>()
  return (key, task) => {
    const turn = turns.get(key) ?? inTurn()
    turns.set(key, turn)
    return turn(task)
  }
}
