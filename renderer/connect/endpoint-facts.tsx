// The endpoints that will be asked, shown where nobody has confirmed them: the person looks before anything is sent there.
import { Button } from '@mantine/core'
import type { ServiceView } from '../../contract/service.ts'
import { Mono } from '../kit/mono.tsx'
import tagStyles from '../kit/tag.module.css'
import textStyles from '../kit/text.module.css'
import { isUnverified } from '../kit/unverified.ts'
import { describeService } from './describe-service.ts'
import classes from './endpoint-facts.module.css'
import { pageAt } from './grant-words.ts'
import stepStyles from './step.module.css'

const names = {
  authorization: 'Authorization endpoint',
  token: 'Token endpoint',
  refresh: 'Refresh endpoint',
  revocation: 'Revocation endpoint',
  introspection: 'Introspection endpoint',
  deviceAuthorization: 'Device endpoint',
} as const
const places = ['authorization', 'token', 'refresh', 'deviceAuthorization', 'revocation', 'introspection'] as const

/** Nothing where every endpoint is confirmed. */
export function EndpointFacts({ service, baseUrl }: { service: ServiceView; baseUrl: string }) {
  const known = places.filter((place) => service.endpoints[place] !== undefined)
  if (!known.some((place) => isUnverified(service, `endpoints.${place}`))) return null
  return (
    <section className={stepStyles.section} aria-label="Endpoints">
      <h2>Endpoints</h2>
      <dl className={classes.endpoints}>
        {known.map((place) => {
          const address = service.endpoints[place] ?? ''
          return (
            <div key={place}>
              <dt>{names[place]}</dt>
              <dd>
                <Mono>{pageAt(address, baseUrl) ?? address}</Mono>
                {isUnverified(service, `endpoints.${place}`) && <span className={tagStyles.tag}>unverified</span>}
              </dd>
            </div>
          )
        })}
      </dl>
      <div className={stepStyles.where}>
        <p className={textStyles.quiet}>
          Nobody has confirmed what is marked. If {service.name} told you other addresses, enter those first.
        </p>
        <Button size="xs" variant="default" onClick={() => describeService(service.id)}>
          Edit endpoints
        </Button>
      </div>
    </section>
  )
}
