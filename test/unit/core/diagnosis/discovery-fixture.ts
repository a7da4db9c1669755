// A discovery that failed: the documents that were asked for, and what each answered.
import { contextOf, eventsOf, exchange } from './diagnosis-fixture.ts'

export const discovering = contextOf({ flow: { kind: 'discover' } })

/** One document an answer; a text is the body of a 200, a number another status. */
export function discovered(...answers: (string | number)[]) {
  return eventsOf(
    ...answers.map((answer, at) =>
      exchange({
        purpose: { kind: 'discovery', document: at === 0 ? 'oauth_authorization_server' : 'openid_configuration' },
        request: { method: 'GET', url: `https://as.example/.well-known/${at}` },
        response: typeof answer === 'string' ? { body: answer } : { status: answer },
        outcome: typeof answer === 'string' ? 'succeeded' : 'failed',
      }),
    ),
  )
}
