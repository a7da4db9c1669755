// Text out of a recording, with the pseudonyms that stand for secrets set apart.
import { Fragment } from 'react'
import { splitPseudonyms } from './pseudonyms.ts'
import classes from './recorded-text.module.css'

export function RecordedText({ text }: { text: string }) {
  let at = 0
  return splitPseudonyms(text).map((part) => {
    at += part.text.length
    if (!part.pseudonym) return <Fragment key={at}>{part.text}</Fragment>
    return (
      <span key={at} className={classes.pseudonym} title="Stands for a secret. Equal pseudonyms are equal secrets.">
        {part.text.slice(1, -1)}
      </span>
    )
  })
}

interface PairTableProps {
  pairs: [string, string][]
  label: string
}

/** Headers, parameters or form fields: names quiet, values in full. */
export function PairTable({ pairs, label }: PairTableProps) {
  if (pairs.length === 0) return null
  return (
    <table className={classes.pairs} aria-label={label}>
      <tbody>
        {pairs.map(([name, value], index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: names may repeat and the order never changes
          <tr key={index}>
            <th scope="row">{name}</th>
            <td>
              <RecordedText text={value} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
