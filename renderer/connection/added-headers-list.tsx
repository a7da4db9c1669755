// Which headers go along with every request of a connection, beneath those that the person typed.
import type { ConnectionView } from '../../contract/connection.ts'
import { headerBeforeToken, keyBeatsToken } from '../../contract/request.ts'
import type { ServiceView } from '../../contract/service.ts'
import { Mono } from '../kit/mono.tsx'
import { Notice } from '../kit/notice.tsx'
import { ToneShape } from '../kit/state-badge.tsx'
import { addedHeaders } from './added-headers.ts'
import own from './added-headers-list.module.css'
import panelStyles from './panel.module.css'

interface AddedHeadersListProps {
  connection: ConnectionView
  service: ServiceView | undefined
  /** Names of the headers that the person typed. */
  typed: string[]
}

export function AddedHeadersList({ connection, service, typed }: AddedHeadersListProps) {
  const before = service ? headerBeforeToken(service, connection.bearer, typed) : null
  return (
    <section aria-label="Sent with every request">
      <h2 className={panelStyles.partTitle}>Sent with every request</h2>
      {before !== null && <Notice>{keyBeatsToken(connection.serviceName, before)}</Notice>}
      <dl className={own.headers}>
        {addedHeaders(connection, service, typed).map(({ name, value, instead }) => (
          <div key={name} data-instead={instead !== null || undefined}>
            <dt>
              <Mono>{name}</Mono>
            </dt>
            <dd>
              <Mono>{value}</Mono>
              {instead !== null && (
                <span className={own.instead}>
                  <ToneShape tone="warn" size={9} /> {instead}
                </span>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
