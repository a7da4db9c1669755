// Reads which installation a person means: its id, or the address that the service sent a browser to after an installation
// that was begun there. Such an address has no `state` of ours, so nothing shows who began it: it is taken by hand alone.
import { invalid } from '../problem.ts'
import { repeatedParameter } from './state.ts'

/** The id of an installation; `parameter` is the one that carries it in an address. Throws `invalid_input`. */
export function installationIn(pasted: string, parameter: string): string {
  const text = pasted.replace(/\p{Cf}|\s/gu, '').replace(/^["'<“„«]+|["'>”“»]+$/g, '')
  if (/^[\w.~-]{1,200}$/.test(text)) return text
  const query = new URLSearchParams(text.replace(/^[^?#]*[?#]/, '').replaceAll('#', '&'))
  const id = query.get(parameter)
  if (repeatedParameter(query) !== null) {
    throw invalid('installation', 'This address names one of its parameters twice, which no service does.')
  }
  if (id !== null && /^[\w.~-]{1,200}$/.test(id)) return id
  throw invalid(
    'installation',
    `There is no ${parameter} in what was pasted.`,
    `Paste the whole address that the browser ended at after the installation, or the value of ${parameter} alone.`,
  )
}
