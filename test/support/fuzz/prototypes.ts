// What every object inherits, put down before and compared afterwards: pollution shows as a key more, or as another value.

const shared = { Object, Array, String, Number, Boolean, Function, Map, Set, Promise, RegExp, Date, Error }

/** All own keys of the shared prototypes, with what they hold. */
export function sharedPrototypes(): [string, PropertyKey, unknown][] {
  return Object.entries(shared).flatMap(([name, { prototype }]) =>
    Reflect.ownKeys(prototype).map((key): [string, PropertyKey, unknown] => {
      const { value, get, set } = Object.getOwnPropertyDescriptor(prototype, key) ?? {}
      return [name, key, value ?? get ?? set]
    }),
  )
}

/** Whether an empty object has a key that loops see; quick enough to be asked after each call. */
export function isPolluted(): boolean {
  for (const _ in {}) return true
  return false
}
