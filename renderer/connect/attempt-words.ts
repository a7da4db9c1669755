// What an attempt is doing, in words, by its state.
import type { Attempt } from '../../contract/attempt.ts'
import type { Tone } from '../kit/state-badge.tsx'

export interface AttemptWords {
  title: string
  sentence: string
  tone: Tone
}

/** Title, sentence and tone of an attempt's state; `byHand` when the person opens the browser. */
export function attemptWords(attempt: Attempt, byHand = false): AttemptWords {
  switch (attempt.state) {
    case 'awaiting_redirect':
      return attempt.browserFailed === null
        ? {
            title: 'Waiting for your answer in the browser',
            sentence: byHand
              ? 'Open the address below in a browser, sign in there and allow the access.'
              : 'Sign in there and allow the access. Grantdesk listens for the answer.',
            tone: 'busy',
          }
        : {
            title: 'The browser did not open',
            sentence: `${attempt.browserFailed} Open the address below yourself.`,
            tone: 'warn',
          }
    case 'awaiting_code':
      return { title: 'Waiting for the code', sentence: attempt.why, tone: 'busy' }
    case 'awaiting_device':
      return {
        title: 'Waiting for you to enter the code',
        sentence: attempt.browserFailed
          ? `${attempt.browserFailed} Open the address below yourself.`
          : 'Enter it at the address below, on this or any other device, and allow the access.',
        tone: 'busy',
      }
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
      return { title: 'Connected', sentence: '', tone: 'good' }
    case 'failed':
      return attempt.failure.kind === 'cancelled'
        ? { title: 'Cancelled', sentence: 'Nothing was changed.', tone: 'off' }
        : { title: 'Not connected', sentence: '', tone: 'bad' }
  }
}
