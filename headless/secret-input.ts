// Where a command's secrets come from: a hidden prompt, standard input, or a file descriptor. Owns the order in which lines
// are read when one place gives both; refuses arguments and the environment by having no way to look there.
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
  /** Whether the passphrase comes from a pipe rather than from somebody who can be asked again. */
  readonly passphraseGiven: boolean
  readonly clientSecretGiven: boolean
  /** From its pipe, else from the terminal; throws a CommandError with `missing` as its remedy where there is neither. */
  passphrase(question: string): Promise<string>
  /** Asked twice on a terminal. */
  newPassphrase(): Promise<string>
  clientSecret(question: string): Promise<string>
  /** The person's password, a token that a service made, or the secret of a webhook. */
  credential(what: 'password' | 'token' | 'secret', question: string): Promise<string>
  /** The next line of standard input after the secrets that come there, pasted by a program; `null` where none is left. */
  pasted(): Promise<string | null>
  /** What comes on a descriptor after the passphrase, if that comes there too. */
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

  async function givenPassphrase(fd: number): Promise<string> {
    passphrase ??= await nextLine(fd, 'passphrase')
    return passphrase
  }

  async function givenClientSecret(fd: number): Promise<string> {
    // Both from one place: the passphrase's line comes first, whether it was needed or not.
    if (fd === passphraseFd) await givenPassphrase(passphraseFd)
    clientSecret ??= await nextLine(fd, 'client secret')
    return clientSecret
  }

  async function fromPerson(question: string, what: string): Promise<string> {
    if (canAsk()) return askHidden(question)
    throw new CommandError(`The ${what} is needed, and there is no terminal to ask on.`, inputOptions(what))
  }

  return {
    passphraseGiven: passphraseFd !== null,
    clientSecretGiven: clientSecretFd !== null,
    passphrase: (question) =>
      passphraseFd === null ? fromPerson(question, 'passphrase') : givenPassphrase(passphraseFd),
    async newPassphrase() {
      if (passphraseFd !== null) return givenPassphrase(passphraseFd)
      const first = await fromPerson('New passphrase: ', 'passphrase')
      if ((await fromPerson('The same again: ', 'passphrase')) === first) return first
      throw new CommandError('The two passphrases differ.', 'Start again.')
    },
    async clientSecret(question) {
      if (clientSecretFd === null) return fromPerson(question, 'client secret')
      return givenClientSecret(clientSecretFd)
    },
    async credential(what, question) {
      const fd = credentialFds[what]
      if (fd === null) return fromPerson(question, what)
      // Several from one place: passphrase, client secret, and then this, whether the others were needed or not.
      if (fd === clientSecretFd) await givenClientSecret(clientSecretFd)
      else if (fd === passphraseFd) await givenPassphrase(passphraseFd)
      return nextLine(fd, what)
    },
    async pasted() {
      if (clientSecretFd === 0) await givenClientSecret(0)
      else if (passphraseFd === 0) await givenPassphrase(0)
      return (await sourceOf(0).line()) ?? null
    },
    async after(fd) {
      if (fd === passphraseFd) await givenPassphrase(fd)
      return sourceOf(fd)
    },
  }
}

function inputOptions(what: string): string {
  const option = what.replace(' ', '-')
  return `Give it by --${option}-stdin or --${option}-fd.`
}

/** The descriptor that was named, 0 for standard input; throws wrong usage for two. */
export function oneSource(name: string, stdin = false, fd?: number): number | null {
  if (stdin && fd !== undefined) throw wrongUsage(`Choose one of --${name}-stdin and --${name}-fd.`)
  return stdin ? 0 : (fd ?? null)
}
