// What a JWT says inside, claim by claim: the value, times in the person's own words, and what the claim means.

import {
  type ClaimMeaning,
  type ClaimTime,
  claimMeaning,
  claimTime,
  claimValueWords,
  headerMeaning,
} from '../../contract/token-claims.ts'
import type { TokenInspection } from '../../contract/token-inspection.ts'
import { CodeView } from '../code/code.tsx'
import { Mono } from '../kit/mono.tsx'
import textStyles from '../kit/text.module.css'
import classes from './decoded-token.module.css'
import { Moment } from './moment.tsx'
import panelStyles from './panel.module.css'

type DecodedJwt = Extract<TokenInspection, { format: 'jwt' }>

/** More are read in the JSON. */
const mostRows = 100

export function DecodedToken({ inspection, jsonLabel }: { inspection: DecodedJwt; jsonLabel: string }) {
  const { header, claims } = inspection
  const more = Object.keys(claims).length - mostRows
  return (
    <>
      <h3 className={panelStyles.partTitle}>Claims</h3>
      <Rows members={claims} meaningOf={claimMeaning} />
      {more > 0 && <p className={textStyles.quiet}>{more} more are in the JSON below.</p>}
      <h3 className={panelStyles.partTitle}>Header</h3>
      <Rows members={header} meaningOf={headerMeaning} />
      <h3 className={panelStyles.partTitle}>As JSON</h3>
      <CodeView text={JSON.stringify({ header, claims }, null, 2)} language="json" label={jsonLabel} />
    </>
  )
}

/** The names alone, explained. */
export function UnsignedToken({ claimNames }: { claimNames: string[] }) {
  return (
    <>
      <p className={textStyles.words}>
        Nothing signs this token (alg none, or no signature), so its claims are all that is secret of it: they are not
        shown here. {claimNames.length === 0 ? 'It has none.' : 'Reveal the token to read them.'}
      </p>
      <dl className={classes.claims}>
        {claimNames.slice(0, mostRows).map((name) => (
          <Row key={name} name={name} about={claimMeaning(name)} />
        ))}
      </dl>
    </>
  )
}

interface RowsProps {
  members: Record<string, unknown>
  meaningOf(name: string): ClaimMeaning | null
}

function Rows({ members, meaningOf }: RowsProps) {
  return (
    <dl className={classes.claims}>
      {Object.entries(members)
        .slice(0, mostRows)
        .map(([name, value]) => (
          <Row key={name} name={name} about={meaningOf(name)} value={value} />
        ))}
    </dl>
  )
}

/** `value` is absent where it must not be shown. */
function Row({ name, about, value }: { name: string; about: ClaimMeaning | null; value?: unknown }) {
  return (
    <div>
      <dt>
        <Mono>{name}</Mono>
      </dt>
      <dd>
        {value !== undefined && <Value name={name} value={value} />}
        <p className={textStyles.hint}>
          {about ? `${about.meaning} (${about.section})` : 'Not a registered name: the issuer’s own.'}
        </p>
      </dd>
    </div>
  )
}

const oddities: Record<ClaimTime['written'], string | null> = {
  in_seconds: null,
  in_milliseconds: 'in milliseconds, where RFC 7519 wants seconds',
  as_text: 'a text, where RFC 7519 wants a number',
  as_no_time: 'not a time',
}

function Value({ name, value }: { name: string; value: unknown }) {
  const time = claimTime(name, value)
  if (time === null) return <Mono>{claimValueWords(value)}</Mono>
  const oddity = oddities[time.written]
  return (
    <>
      {time.at !== null && <Moment at={time.at} />}
      <p className={textStyles.hint}>
        <Mono dim>{claimValueWords(value)}</Mono> {oddity !== null && <strong>{oddity}</strong>}
      </p>
    </>
  )
}
