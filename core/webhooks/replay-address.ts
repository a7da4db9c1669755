// Where deliveries may be sent again: to the person's own server on this machine.
import { isLoopback } from '../loopback.ts'
import { invalid } from '../problem.ts'

/** An address on this machine. Throws `invalid_input`. */
export function replayAddress(text: string): URL {
  const url = URL.parse(/^\w+:\/\//.test(text.trim()) ? text.trim() : `http://${text.trim()}`)
  if (!url || !['http:', 'https:'].includes(url.protocol)) throw invalid('url', 'This is no http address.')
  if (!isLoopback(url.hostname)) {
    throw invalid(
      'url',
      'Deliveries are sent to this machine only.',
      'Use an address such as http://localhost:3000/webhook.',
    )
  }
  if (url.username !== '' || url.password !== '') throw invalid('url', 'An address with a user name is not used.')
  return url
}
