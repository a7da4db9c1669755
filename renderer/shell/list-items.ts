// In which order the list shows connections, and in which groups. Pure.
import type { ConnectionView } from '../../contract/connection.ts'
import { hostWords } from '../kit/format.ts'

const inOrder = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

export type ListItem =
  | { kind: 'group'; key: string; name: string; host: string; count: number }
  | { kind: 'row'; key: string; connection: ConnectionView }

function isPractice(key: string): boolean {
  return /\nhttps?:\/\/(127\.0\.0\.1|localhost|\[::1\])(?:[:/]|$)/.test(key)
}

/** Groups by service and base URL, so that a practice connection never stands among real ones but after them. */
export function listItems(connections: ConnectionView[]): ListItem[] {
  const groups = Map.groupBy(connections, (connection) => `${connection.serviceName}\n${connection.baseUrl}`)
  return [...groups]
    .toSorted(([one], [other]) => Number(isPractice(one)) - Number(isPractice(other)) || inOrder.compare(one, other))
    .flatMap(([key, members]): ListItem[] => [
      {
        kind: 'group',
        key,
        name: members[0]?.serviceName ?? '',
        host: hostWords(members[0]?.baseUrl ?? ''),
        count: members.length,
      },
      ...members
        .toSorted((one, other) => inOrder.compare(one.name, other.name))
        .map((connection): ListItem => ({ kind: 'row', key: connection.id, connection })),
    ])
}
