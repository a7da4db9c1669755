// What has to go when the vault is locked: whoever keeps something a person typed or copied outside of a component, which
// goes with the screen, says here how it is forgotten.
const forgets = new Set<() => void>()

/** Runs `forget` when the vault is open no longer, before the screen goes. */
export function whenLocked(forget: () => void): void {
  forgets.add(forget)
}

/** Lets everything be forgotten. */
export function forgetAll(): void {
  for (const forget of forgets) forget()
}
