// How slowly a key comes of a passphrase: a fact of the product, given to the application by its host and by nothing else.
// Refuses to be read from a file or the environment, by having no way to.

/**
 * PBKDF2-HMAC-SHA512 rounds for whatever is sealed today, recorded beside it as `p2c`: nearly three times the 210,000 that
 * OWASP asks for, and still well under a second.
 */
export const passphraseRounds = 600_000
