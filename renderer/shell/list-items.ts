// In which order the list shows connections, and in which groups. Pure.
import type { ConnectionView } from '../../contract/connection.ts'
import type { DamagedRecord } from '../../contract/damage.ts'
import { hostWords } from '../kit/format.ts'

const inOrder = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

export type ListItem =
  | { kind: 'group'; key: string; name: string; host: string; count: number }
  | { kind: 'row'; key: string; connection: ConnectionView }
  | { kind: 'damaged'; key: string; record: DamagedRecord }

const groupKey = ({ serviceName, baseUrl }: ConnectionView) => `${serviceName}\n${baseUrl}`

const damagedRow = (record: DamagedRecord): ListItem => ({ kind: 'damaged', key: record.id, record })

/** The group of each, by the first connection of its service. */
function placeDamaged(connections: ConnectionView[], damaged: DamagedRecord[]): Map<DamagedRecord, string> {
  return new Map(
    damaged.flatMap((record) => {
      const beside = connections.find(({ serviceId }) => serviceId === record.serviceId)
      return beside ? [[record, groupKey(beside)] as const] : []
    }),
  )
}

function isPractice(key: string): boolean {
  return /\nhttps?:\/\/(127\.0\.0\.1|localhost|\[::1\])(?:[:/]|$)/.test(key)
}

/**
 * Groups by service and base URL, so that a practice connection never stands among real ones but after them. The `damaged` ones
 * stand with others of their service, or in a group of their own where nothing tells of theirs.
 */
export function listItems(connections: ConnectionView[], damaged: DamagedRecord[] = []): ListItem[] {
  const placed = placeDamaged(connections, damaged)
  const lost = damaged.filter((record) => placed.get(record) === undefined)
  const groups = Map.groupBy(connections, groupKey)
  const ownGroup: ListItem[] =
    lost.length === 0 ? [] : [{ kind: 'group', key: 'damaged', name: 'Damaged', host: '', count: lost.length }]
  const shown = [...groups]
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
      ...damaged.filter((record) => placed.get(record) === key).map(damagedRow),
    ])
  return [...ownGroup, ...lost.map(damagedRow), ...shown]
}
