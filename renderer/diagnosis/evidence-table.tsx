// The evidence of a diagnosis: which step, which value, and the part of it that matters.
import type { Evidence } from '../../contract/flow/diagnosis.ts'
import { RecordedText } from '../kit/recorded-text.tsx'
import classes from './diagnosis-panel.module.css'

/** The numbers of steps as the diagram shows them, by the event's id. */
export type StepNumbers = ReadonlyMap<string, number>

interface EvidenceTableProps {
  evidence: Evidence[]
  numbers: StepNumbers
  onShow?: ((eventId: string) => void) | undefined
}

export function EvidenceTable({ evidence, numbers, onShow }: EvidenceTableProps) {
  if (evidence.length === 0) return null
  return (
    <table className={classes.evidence} aria-label="Evidence">
      <tbody>
        {evidence.map((one) => (
          <tr key={`${one.event} ${one.name} ${one.value}`}>
            <td className={classes.step}>
              <Step event={one.event} numbers={numbers} onShow={onShow} />
            </td>
            <th scope="row">{one.name}</th>
            <td translate="no">
              <Marked {...one} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Step({ event, numbers, onShow }: { event: string | null } & Omit<EvidenceTableProps, 'evidence'>) {
  const number = event === null ? undefined : numbers.get(event)
  if (event === null) return null
  const words = number === undefined ? 'check' : `step ${number}`
  if (!onShow) return words
  return (
    <button type="button" className={classes.show} onClick={() => onShow(event)}>
      {words}
    </button>
  )
}

function Marked({ value, marked }: Evidence) {
  if (marked === null) return <RecordedText text={value} />
  const [start, end] = marked
  return (
    <>
      <RecordedText text={value.slice(0, start)} />
      <mark>{value.slice(start, end)}</mark>
      <RecordedText text={value.slice(end)} />
    </>
  )
}
