// `grantdesk connect`: runs one attempt to its end. Prints what happens while it waits, and takes a pasted code or URL, or Ctrl-C.

import { apiAnswerWords } from '../../contract/api-answer.ts'
import { type AccountDecision, type Attempt, isWaiting } from '../../contract/attempt.ts'
import type { Door } from '../../contract/caller.ts'
import type { ConnectionView } from '../../contract/connection.ts'
import { clockTime } from '../../contract/moment.ts'
import { pkceIn, pkceWarnings } from '../../contract/pkce-words.ts'
import { outOfBandRedirectUri } from '../../contract/redirect-uri.ts'
import { decisionOf } from '../account-decisions.ts'
import { createNews, openHere, type Waiting } from '../attempt-news.ts'
import { hasBrowser, namesBrowser } from '../browser.ts'
import { CommandError, commandErrorOf, unwrap } from '../command-error.ts'
import { buildConnectInput, type ConnectOptions } from '../connect-input.ts'
import { noteDamaged } from '../damage-notes.ts'
import { connectionNamed } from '../find-connection.ts'
import { onInterruption } from '../interruption.ts'
import { note, plainLine, print, printJson } from '../output.ts'
import { passOnPasted } from '../pasted-answers.ts'
import { canAsk } from '../prompt.ts'
import { type Session, snapshotOf, withNewVault } from '../session.ts'
import { askLine } from '../typed-lines.ts'
import { accountWords, connectionJson, endWords, heldScopesWords } from '../words.ts'

type Ended = Extract<Attempt, { state: 'done' | 'failed' }>

export function connect(service: string, options: ConnectOptions): Promise<void> {
  return withNewVault(
    options,
    (session) => inputFor(session, service, options),
    (session, input) => connectWith(session, input, options),
    { lasting: true },
  )
}

/** What is wrong with the options is said here, before a vault is made. */
async function inputFor({ door, secrets }: Session, service: string, options: ConnectOptions) {
  const reconnected = options.reconnect ? await connectionNamed(door, options.reconnect) : undefined
  const known = { ...(await snapshotOf(door)), reconnected }
  noteDamaged(known.damaged, ['client', 'service'])
  if (options.installation) note(foreignInstallation)
  const input = await buildConnectInput(known, service, options, secrets)
  if (known.vault.state === 'new') unwrap(await door.call('connect.check', input))
  return input
}

const foreignInstallation =
  'Nothing shows who began this installation. The connection acts where it was made: check the workspace that is named at the end.'

type Input = Awaited<ReturnType<typeof inputFor>>

async function connectWith(session: Session, input: Input, options: ConnectOptions): Promise<void> {
  const { door } = session
  // Another host may be on another display, or on none; what the person named here is used in any case.
  const { host } = await snapshotOf(door)
  const isOwnHost = host.kind === 'command'
  const opensHere = options.browser && !isOwnHost && namesBrowser()
  const openBrowser = options.browser && !opensHere && hasBrowser()
  const started = unwrap(await door.call('connect.start', { ...input, openBrowser }))
  const cancel = () => void door.call('connect.cancel', { id: started.id })
  const forgetInterruption = onInterruption(cancel)
  try {
    let choice: AccountDecision | null = null
    const ended = await watch(session, started, {
      onWaiting: (attempt) => {
        // Only now it is known that a browser is needed.
        if (options.browser && !hasBrowser()) note('There is no display here to open a browser on.')
        notePkce(attempt)
        if (options.json) announce(attempt)
        else explain(attempt, openBrowser || opensHere)
        if (opensHere) void openHere(attempt)
      },
      onBrowserFailed: (attempt, words) => {
        if (isOwnHost || !hasBrowser()) note(words)
        else void openHere(attempt)
      },
      onOtherAccount: (attempt) => {
        void decide(door, attempt, options, (decided) => {
          choice = decided
        })
      },
      cancel,
    })
    await door.call('connect.dismiss', { id: started.id })
    if (ended.state === 'failed') throw failed(ended)
    await reportConnection(door, ended.connectionId, { json: options.json ?? false, discarded: choice === 'discard' })
  } finally {
    forgetInterruption()
  }
}

/** Why it failed, and how to continue without the browser if the client is already installed. */
function failed({ failure, clientId, installation }: Extract<Ended, { state: 'failed' }>): CommandError {
  const { message, remedy, exitCode } = commandErrorOf(failure, clientId)
  // It comes from the service and will be typed into a shell.
  const isPlain = /^[\w-]+$/.test(installation ?? '')
  const goOn = isPlain && `The client is installed: go on without the browser by --installation ${installation}`
  return new CommandError(message, [remedy, goOn].filter(Boolean).join(' ') || undefined, exitCode)
}

interface Watching {
  /** Called once there is an address to open. */
  onWaiting(attempt: Waiting): void
  /** The host could open no browser, with what to say of it. */
  onBrowserFailed(attempt: Waiting, words: string): void
  /** The tokens belong to another account than the connection's. */
  onOtherAccount(attempt: Extract<Attempt, { state: 'asking_account' }>): void
  cancel(): void
}

/** Follows the attempt to its end, and passes on pasted codes. */
async function watch(
  { door, secrets, ended }: Session,
  { id }: Attempt,
  { onWaiting, onBrowserFailed, onOtherAccount, cancel }: Watching,
): Promise<Ended> {
  let announced = false
  const printNews = createNews(onBrowserFailed)
  const slow = createSlowNote()
  let stopReading: () => void = () => undefined
  const end = Promise.withResolvers<Ended>()
  const follow = (attempt: Attempt | undefined) => {
    if (attempt?.id !== id) return
    slow.update(attempt)
    if (attempt.state === 'done' || attempt.state === 'failed') end.resolve(attempt)
    if (attempt.state === 'asking_account') return onOtherAccount(attempt)
    if (!isWaiting(attempt)) return stopReading()
    if (announced) return printNews(attempt)
    announced = true
    onWaiting(attempt)
    // A host without a display may have failed to open a browser already.
    printNews(attempt)
    if (attempt.state === 'awaiting_device') return
    stopReading = passOnPasted(door, id, secrets, () => {
      // A browser may still bring it.
      if (attempt.state !== 'awaiting_code' || attempt.forwardedTo !== null) return
      const ways = 'Write the code to standard input or run this in a terminal'
      end.reject(new CommandError(attempt.why, `${ways}; ${otherRedirect(attempt)}`))
      cancel()
    })
  }
  const stopListening = door.listen((change) => {
    if (change.kind === 'attempt') follow(change.attempt)
    if (change.kind === 'snapshot') follow(change.snapshot.attempts.find((attempt) => attempt.id === id))
  })
  ended().then(() => end.reject(new CommandError('The Grantdesk that holds the vault was stopped.', 'Connect again.')))
  try {
    return await end.promise
  } finally {
    stopListening()
    stopReading()
    slow.end()
  }
}

/** A note is printed if it takes longer (ms). */
const unremarkable = 2_000

/** Notes once that the service is slow, unless the attempt waits for the person. */
function createSlowNote() {
  let timer: NodeJS.Timeout | undefined
  const end = () => clearTimeout(timer)
  return {
    end,
    update(attempt: Attempt) {
      if (attempt.state !== 'exchanging' && attempt.state !== 'identifying') return end()
      timer ??= setTimeout(() => note('Waiting for the service, which has 30 s for each answer …'), unremarkable)
    },
  }
}

/** How the code could come from the browser instead of being pasted. */
function otherRedirect({ redirectUri }: Extract<Attempt, { state: 'awaiting_code' }>): string {
  if (redirectUri !== outOfBandRedirectUri)
    return 'another redirect URI that is registered is chosen by --redirect-uri.'
  return 'without --out-of-band the browser brings it; for a client that is stored so, with --redirect-port.'
}

/** Without a decision of the person, the connection is never replaced. */
async function decide(
  door: Door,
  { id, signedInAs, heldBy }: Extract<Attempt, { state: 'asking_account' }>,
  { ifOtherAccount }: ConnectOptions,
  onDecided: (choice: AccountDecision) => void,
): Promise<void> {
  const [now, before] = [signedInAs?.name ?? 'an account that names no name', heldBy?.name ?? 'nobody known']
  note(plainLine(`You signed in as ${now}; this connection is ${before}’s.`))
  const choice = ifOtherAccount ?? (canAsk() ? await askChoice() : 'keep_apart')
  const done = {
    keep_apart: 'Kept as a connection of its own.',
    replace: 'Replaced.',
    discard: 'The new tokens are forgotten.',
  }
  note(done[choice])
  onDecided(choice)
  await door.call('connect.decide', { id, choice })
}

async function askChoice(): Promise<AccountDecision> {
  note('keep: as a connection of its own · replace: put it into this connection · discard: forget the new tokens')
  for (;;) {
    // A person who cancels has not agreed to replace or forget anything.
    const line = await askLine('keep, replace or discard? ').catch(() => 'keep')
    const choice = decisionOf(line.trim().toLowerCase())
    if (choice) return choice
    note('Answer keep, replace or discard.')
  }
}

/** Said at each attempt: that it is off stays with the client. */
function notePkce(attempt: Waiting): void {
  if (attempt.state === 'awaiting_device') return
  const warning = pkceWarnings[pkceIn(attempt.authorizationUrl)]
  if (warning) note(`${warning} “--pkce S256” uses it, and keeps it with the client.`)
}

function announce(attempt: Waiting): void {
  if (attempt.state === 'awaiting_device') {
    const { userCode, verificationUri, verificationUriComplete, closesAt } = attempt
    printJson({
      event: 'device',
      user_code: userCode,
      verification_uri: verificationUri,
      ...(verificationUriComplete === null ? {} : { verification_uri_complete: verificationUriComplete }),
      closes_at: closesAt,
    })
    return
  }
  printJson({ event: 'authorize', url: attempt.authorizationUrl, redirect_uri: attempt.redirectUri })
}

function explain(attempt: Waiting, openBrowser: boolean): void {
  if (attempt.state === 'awaiting_device') {
    print(`Enter the code  ${plainLine(attempt.userCode)}  at ${attempt.verificationUri}`)
    note(`Asking every ${attempt.interval} s until ${clockTime(attempt.closesAt)}. Ctrl-C cancels.`)
    return
  }
  print(openBrowser ? 'The browser opens at' : 'Open this address in a browser:')
  print(attempt.authorizationUrl)
  if (attempt.state === 'awaiting_code') {
    note(plainLine(attempt.why))
    if (attempt.forwardedTo !== null) {
      const how = '“grantdesk clients redirect CLIENT” shows how.'
      note(`Or let that address send it on to ${attempt.forwardedTo}, if you own it: ${how}`)
    }
  } else note(`Waiting for its answer at ${attempt.redirectUri} until ${clockTime(attempt.closesAt)}. Ctrl-C cancels.`)
  if (canAsk()) note('If that browser is on another machine, paste the code or the whole address it ends at.')
}

interface Report {
  json: boolean
  /** The new tokens were not kept. */
  discarded: boolean
}

async function reportConnection(door: Door, id: string, { json, discarded }: Report): Promise<void> {
  const { connections, services } = await snapshotOf(door)
  const connection = connections.find((candidate) => candidate.id === id)
  if (!connection) throw new CommandError('The connection was made, and removed again meanwhile.')
  const now = Date.now()
  if (discarded) {
    if (json) return printJson({ event: 'discarded', connection: connectionJson(connection, now) })
    return print(`${plainLine(connection.name)} is as it was.`)
  }
  if (json) printJson({ event: 'connected', connection: connectionJson(connection, now) })
  else print(`Connected ${plainLine(connection.name)}: ${plainLine(sentence(connection, now))}`)
  const { status, serviceId, lastUsedAt, account } = connection
  const couldBeAsked = services.some((service) => service.id === serviceId && service.identity.length > 0)
  if (couldBeAsked && lastUsedAt === null && account === null) {
    note(`${plainLine(connection.serviceName)} did not answer, so whose it is was not checked.`)
  }
  if (status.kind !== 'needs_attention') return
  throw new CommandError(`It needs attention: ${status.failure.message}`, status.failure.remedy)
}

function sentence(connection: ConnectionView, now: number): string {
  const { apiAnswer, status } = connection
  // Why it needs attention is printed separately.
  const answered = apiAnswer && status.kind === 'good' ? apiAnswerWords(apiAnswer) : null
  return `${accountWords(connection)}, ${heldScopesWords(connection)}, ${endWords(connection, now)}.${answered === null ? '' : ` ${answered}`}`
}
