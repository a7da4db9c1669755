// How long a test waits for what it expects to happen next (ms). It is no measure of speed: a wait ends as soon as the thing
// has happened, so only what hangs runs into this, on a machine that is twenty times too busy too.
export const longestWait = 150_000
