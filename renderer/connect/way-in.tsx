// Which way in: the service's grants, with what each needs and what to know before.
import { Radio } from '@mantine/core'
import type { Grant, ServiceView } from '../../contract/service.ts'
import { Notice } from '../kit/notice.tsx'
import { OpenPage } from '../kit/open-page.tsx'
import { baseUrlProblem } from './client-form.ts'
import classes from './connect.module.css'

const optionClasses = { label: classes.optionLabel, description: classes.optionWords, inner: classes.optionInner }

interface WayInProps {
  service: ServiceView
  grantId: string
  baseUrl: string
  onChoose: (grantId: string) => void
}

export function WayIn({ service, grantId, baseUrl, onChoose }: WayInProps) {
  const grant = service.grants.find((one) => one.id === grantId)
  return (
    <section className={classes.section}>
      <Radio.Group label="Grant" value={grantId} onChange={onChoose}>
        <div className={classes.choices}>
          {service.grants.map((one) => (
            <Radio
              key={one.id}
              size="xs"
              classNames={optionClasses}
              value={one.id}
              label={one.name}
              description={one.description || undefined}
            />
          ))}
        </div>
      </Radio.Group>
      {grant && <Before grant={grant} baseUrl={baseUrl} />}
    </section>
  )
}

/** What has to be done at the service first, and what to know. */
function Before({ grant, baseUrl }: { grant: Grant; baseUrl: string }) {
  const page = pageOf(grant, baseUrl)
  return (
    <>
      {(grant.steps !== '' || page !== null) && (
        <div className={classes.where}>
          <p>{grant.steps}</p>
          {page !== null && <OpenPage url={page} label="Open that page" />}
        </div>
      )}
      {grant.caution !== '' && <Notice>{grant.caution}</Notice>}
    </>
  )
}

function pageOf({ page }: Grant, baseUrl: string): string | null {
  if (page === undefined) return null
  if (!page.includes('{base}')) return page
  return baseUrlProblem(baseUrl) === null ? page.replaceAll('{base}', baseUrl.trim().replace(/\/+$/, '')) : null
}
