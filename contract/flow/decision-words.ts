// A decision of the person in words.
import { clientAuthenticationWords } from '../client-authentication-words.ts'
import { pkceLabel, pkceWarnings } from '../pkce-words.ts'
import type { PersonsDecision } from './decision.ts'

/** The decision in a few words. */
export function decisionTitle(decision: PersonsDecision): string {
  switch (decision.question) {
    case 'other_account':
      return 'Another account'
    case 'go_on':
      return 'You cancelled this'
    case 'pkce':
      return `${pkceLabel(decision.choice)}, as you chose`
    case 'client_authentication':
      return 'Another client authentication method, as you chose'
    case 'around_value':
      return `Blanks or quotes around the ${valueWords[decision.value]} kept, as you chose`
  }
}

const valueWords = { client_secret: 'client secret', password: 'password' }

/** What it means; empty if the title says it all. */
export function decisionNote(decision: PersonsDecision): string {
  switch (decision.question) {
    case 'other_account':
      return otherAccountNote(decision)
    case 'go_on':
      return ''
    case 'pkce':
      return [`The service is described with ${decision.described}.`, pkceWarnings[decision.choice]]
        .filter((sentence) => sentence !== null)
        .join(' ')
    case 'client_authentication':
      return `Tried: ${clientAuthenticationWords[decision.choice]}, instead of ${clientAuthenticationWords[decision.stored]}.`
    case 'around_value':
      return 'Such characters are rarely meant; a server that compares exactly refuses them.'
  }
}

function otherAccountNote({
  choice,
  connection,
  signedInAs,
}: Extract<PersonsDecision, { question: 'other_account' }>): string {
  const signedIn = signedInAs ?? 'an account that did not name itself'
  switch (choice) {
    case 'replace':
      return `“${connection}” is ${signedIn}’s now, as you decided.`
    case 'discard':
      return `The tokens of ${signedIn} were forgotten, as you decided; “${connection}” is as it was.`
    case 'keep_apart':
      return `You signed in as ${signedIn}. The new tokens are a connection of their own, and “${connection}” is as it was.`
  }
}

/** Its facts besides title and note, as names and values. */
export function decisionFacts(decision: PersonsDecision): [name: string, value: string][] {
  const choice: [string, string] = ['choice', decision.choice.replaceAll('_', ' ')]
  if (decision.question !== 'other_account') return [choice]
  return [['connection of', decision.heldBy ?? ''], ['signed in as', decision.signedInAs ?? ''], choice]
}
