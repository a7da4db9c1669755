// Clears what must not outlive the open vault: code that keeps something typed or copied outside of a component registers here
// how to forget it.
const forgets = new Set<() => void>()

/** Runs `forget` when the vault is open no longer, before the screen goes. */
export function whenLocked(forget: () => void): void {
  forgets.add(forget)
}

/** Lets everything be forgotten. */
export function forgetAll(): void {
  for (const forget of forgets) forget()
}
