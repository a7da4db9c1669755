// Which grant: what each does, what it needs, and what to know or to do before.
import { Radio } from '@mantine/core'
import type { Grant, ServiceView } from '../../contract/service.ts'
import { Notice } from '../kit/notice.tsx'
import { OpenPage } from '../kit/open-page.tsx'
import tagStyles from '../kit/tag.module.css'
import { isUnverified } from '../kit/unverified.ts'
import lookStyles from './field-looks.module.css'
import { optionClasses } from './field-looks.ts'
import { needsWords, pageAt } from './grant-words.ts'
import stepStyles from './step.module.css'

interface GrantChoiceProps {
  service: ServiceView
  grantId: string
  onChoose: (grantId: string) => void
}

export function GrantChoice({ service, grantId, onChoose }: GrantChoiceProps) {
  return (
    <Radio.Group label="Grant" value={grantId} onChange={onChoose}>
      <div className={lookStyles.choices}>
        {service.grants.map((grant, index) => (
          <Radio
            key={grant.id}
            size="xs"
            classNames={optionClasses}
            value={grant.id}
            label={
              <>
                {grant.name}{' '}
                {isUnverified(service, `grants.${index}`) && <span className={tagStyles.tag}>unverified</span>}
              </>
            }
            description={[grant.description, needsWords(grant)].filter(Boolean).join(' ')}
          />
        ))}
      </div>
    </Radio.Group>
  )
}

/** What has to be done at the service first, and what to know. */
export function BeforeGrant({ grant, baseUrl }: { grant: Grant; baseUrl: string }) {
  const page = pageAt(grant.page, baseUrl)
  if (grant.steps === '' && grant.caution === '' && page === null) return null
  return (
    <>
      {grant.caution !== '' && <Notice>{grant.caution}</Notice>}
      {(grant.steps !== '' || page !== null) && (
        <div className={stepStyles.where}>
          {grant.steps !== '' && <p>{grant.steps}</p>}
          {page !== null && <OpenPage url={page} label="Open that page" />}
        </div>
      )}
    </>
  )
}
