// In the place of semver within what is built: conf compares versions only to run migrations that it is given, and ours carries
// older documents over itself. Reading it takes a command without a host some milliseconds.

/** conf asks for its default, and nothing of it. */
const comparisons = {}

export { comparisons as default }
