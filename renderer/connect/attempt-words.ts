// What an attempt is doing, in words, by its state.
import { type AccountDecision, type Attempt, isCutOff } from '../../contract/attempt.ts'
import { redirectKindOf } from '../../contract/redirect-uri.ts'
import type { Tone } from '../kit/state-badge.tsx'

export interface AttemptWords {
  title: string
  sentence: string
  tone: Tone
}

/** What the wizard knows of an attempt beside its state. */
export interface AttemptCircumstances {
  /** The person opens the browser. */
  byHand?: boolean
  /** The browser installs the client rather than signing somebody in. */
  installs?: boolean
  /** What the person decided about another account's tokens. */
  decision?: AccountDecision | null
  /** The API does not take the new tokens, or could not be asked as the person said. */
  doubtful?: boolean
}

function redirectWords(browserFailed: string | null, { byHand, installs }: AttemptCircumstances): AttemptWords {
  if (browserFailed !== null) {
    return {
      title: 'The browser did not open',
      sentence: `${browserFailed} Open the address below yourself.`,
      tone: 'warn',
    }
  }
  const begin = byHand ? 'Open the address below in a browser, choose' : 'Choose'
  if (installs) {
    return {
      title: 'Waiting for the installation in the browser',
      sentence: `${begin} the workspace there and install the app. The tokens will be its bot’s, not yours.`,
      tone: 'busy',
    }
  }
  return {
    title: 'Waiting for your answer in the browser',
    sentence: byHand
      ? 'Open the address below in a browser, sign in there and allow the access.'
      : 'Sign in there and allow the access. Grantdesk listens for the answer.',
    tone: 'busy',
  }
}

function codeTitle(redirectUri: string): string {
  return redirectKindOf(redirectUri) === 'shown' ? 'Waiting for the code' : 'Waiting for the address to be pasted'
}

/** Title, sentence and tone of an attempt's state. */
export function attemptWords(attempt: Attempt, circumstances: AttemptCircumstances = {}): AttemptWords {
  switch (attempt.state) {
    case 'awaiting_redirect':
      return redirectWords(attempt.browserFailed, circumstances)
    case 'awaiting_code':
      return attempt.browserFailed === null
        ? { title: codeTitle(attempt.redirectUri), sentence: attempt.why, tone: 'busy' }
        : redirectWords(attempt.browserFailed, circumstances)
    case 'awaiting_device':
      return attempt.browserFailed === null
        ? {
            title: 'Waiting for you to enter the user code',
            sentence: 'Enter it at the address below, on this or any other device, and allow the access.',
            tone: 'busy',
          }
        : redirectWords(attempt.browserFailed, circumstances)
    case 'asking_account':
      return {
        title: 'You signed in as somebody else',
        sentence: 'The new tokens are kept safe until you decide.',
        tone: 'warn',
      }
    case 'exchanging':
      return { title: 'Asking for the tokens', sentence: 'The token endpoint is being asked.', tone: 'busy' }
    case 'identifying':
      return {
        title: 'Asking who this is',
        sentence: 'The tokens are here; the API says whose they are.',
        tone: 'busy',
      }
    case 'done':
      return circumstances.decision === 'discard'
        ? { title: 'The new tokens are forgotten', sentence: 'The connection is as it was.', tone: 'off' }
        : { title: 'Connected', sentence: '', tone: circumstances.doubtful ? 'warn' : 'good' }
    case 'failed':
      if (isCutOff(attempt)) return { title: 'Cut off while tokens were asked for', sentence: '', tone: 'bad' }
      return attempt.failure.kind === 'cancelled'
        ? { title: 'Cancelled', sentence: 'Nothing was changed.', tone: 'off' }
        : { title: 'Not connected', sentence: '', tone: 'bad' }
  }
}
