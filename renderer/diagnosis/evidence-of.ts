import type { Diagnosis } from '../../contract/flow/diagnosis.ts'

/** The ids of the events that prove a diagnosis: what the diagram marks. */
export function evidenceOf(diagnoses: readonly Diagnosis[]): ReadonlySet<string> {
  const events = diagnoses.flatMap(({ evidence }) => evidence.map(({ event }) => event))
  return new Set(events.filter((event) => event !== null))
}
