// Reads a command's secrets from a hidden prompt, standard input or a file descriptor, in a fixed order if several have the same
// source. Never from arguments or the environment.
import { CommandError, wrongUsage } from './command-error.ts'
import { readDescriptor, type Source } from './descriptor.ts'
import { askHidden, canAsk } from './prompt.ts'

export interface SecretOptions {
  passphraseStdin?: boolean
  passphraseFd?: number
  clientSecretStdin?: boolean
  clientSecretFd?: number
  passwordStdin?: boolean
  passwordFd?: number
  tokenStdin?: boolean
  tokenFd?: number
  secretStdin?: boolean
  secretFd?: number
}

export interface SecretInput {
  /** Whether the passphrase comes from a pipe; otherwise the person can be asked again. */
  readonly passphraseGiven: boolean
  readonly clientSecretGiven: boolean
  /** From the pipe, else from the terminal; throws a CommandError if there is neither. */
  passphrase(question: string): Promise<string>
  /** Asked twice on a terminal, unless something answers for it. */
  newPassphrase(): Promise<string>
  /** Answers for `newPassphrase`, in place of the passphrase of a pipe, too. */
  answerNewPassphrase(answer: () => string): void
  /** Whether `newPassphrase` needs nobody to ask. */
  newPassphraseGiven(): boolean
  clientSecret(question: string): Promise<string>
  /** The person's password, a token issued by a service, or a webhook's secret. */
  credential(what: 'password' | 'token' | 'secret', question: string): Promise<string>
  /** The next line of standard input, after any secrets there, pasted by a program; `null` at the end. */
  pasted(): Promise<string | null>
  /** The descriptor's content, after the passphrase if that is read from it, too. */
  after(fd: number): Promise<Source>
}

export function createSecretInput(options: SecretOptions): SecretInput {
  const passphraseFd = oneSource('passphrase', options.passphraseStdin, options.passphraseFd)
  const clientSecretFd = oneSource('client-secret', options.clientSecretStdin, options.clientSecretFd)
  const credentialFds = {
    password: oneSource('password', options.passwordStdin, options.passwordFd),
    token: oneSource('token', options.tokenStdin, options.tokenFd),
    secret: oneSource('secret', options.secretStdin, options.secretFd),
  }
  const sources = new Map<number, Source>()
  let passphrase: string | undefined
  let clientSecret: string | undefined
  let answered: (() => string) | undefined

  function sourceOf(fd: number): Source {
    const source = sources.get(fd) ?? readDescriptor(fd)
    sources.set(fd, source)
    return source
  }

  async function nextLine(fd: number, what: string): Promise<string> {
    const value = await sourceOf(fd).line()
    if (!value) throw new CommandError(`No ${what} came on ${fd === 0 ? 'standard input' : `file descriptor ${fd}`}.`)
    return value
  }

  async function readPassphrase(fd: number): Promise<string> {
    passphrase ??= await nextLine(fd, 'passphrase')
    return passphrase
  }

  async function readClientSecret(fd: number): Promise<string> {
    // With the same source, the passphrase's line comes first, even if it was not needed.
    if (fd === passphraseFd) await readPassphrase(passphraseFd)
    clientSecret ??= await nextLine(fd, 'client secret')
    return clientSecret
  }

  async function askPerson(question: string, what: string): Promise<string> {
    if (canAsk()) return askHidden(question)
    throw new CommandError(`The ${what} is needed, and there is no terminal to ask on.`, inputOptions(what))
  }

  return {
    passphraseGiven: passphraseFd !== null,
    clientSecretGiven: clientSecretFd !== null,
    passphrase: (question) =>
      passphraseFd === null ? askPerson(question, 'passphrase') : readPassphrase(passphraseFd),
    answerNewPassphrase(answer) {
      answered = answer
    },
    newPassphraseGiven: () => passphraseFd !== null || answered !== undefined,
    async newPassphrase() {
      if (answered) return answered()
      if (passphraseFd !== null) return readPassphrase(passphraseFd)
      const first = await askPerson('New passphrase: ', 'passphrase')
      if ((await askPerson('The same again: ', 'passphrase')) === first) return first
      throw new CommandError('The two passphrases differ.', 'Start again.')
    },
    async clientSecret(question) {
      if (clientSecretFd === null) return askPerson(question, 'client secret')
      return readClientSecret(clientSecretFd)
    },
    async credential(what, question) {
      const fd = credentialFds[what]
      if (fd === null) return askPerson(question, what)
      // With the same source, the order is passphrase, client secret, this one, even if the others were not needed.
      if (fd === clientSecretFd) await readClientSecret(clientSecretFd)
      else if (fd === passphraseFd) await readPassphrase(passphraseFd)
      return nextLine(fd, what)
    },
    async pasted() {
      if (clientSecretFd === 0) await readClientSecret(0)
      else if (passphraseFd === 0) await readPassphrase(0)
      return (await sourceOf(0).line()) ?? null
    },
    async after(fd) {
      if (fd === passphraseFd) await readPassphrase(fd)
      return sourceOf(fd)
    },
  }
}

function inputOptions(what: string): string {
  const option = what.replace(' ', '-')
  return `Give it by --${option}-stdin or --${option}-fd.`
}

/** The chosen descriptor, 0 for standard input; throws wrong usage if both were given. */
export function oneSource(name: string, stdin = false, fd?: number): number | null {
  if (stdin && fd !== undefined) throw wrongUsage(`Choose one of --${name}-stdin and --${name}-fd.`)
  return stdin ? 0 : (fd ?? null)
}
