// In the place of core/vault/passphrase-rounds.ts in the command line that tests start: see vite.config.ts.
export const passphraseRounds = 1_000
