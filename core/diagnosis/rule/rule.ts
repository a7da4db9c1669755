// A diagnosis rule: a pure function of a flow's events and of what is known beside them, one file each in rules/. It says
// nothing where the facts do not show its case.
import type { ClientView } from '../../../contract/client.ts'
import type { ConnectionView } from '../../../contract/connection.ts'
import type { Diagnosis } from '../../../contract/flow/diagnosis.ts'
import type { FlowEvent } from '../../../contract/flow/event.ts'
import type { Flow } from '../../../contract/flow/flow.ts'
import type { Grant, Service } from '../../../contract/service.ts'

/** What is known beside the flow's events. `null` for what is not, as in a flow of another program. */
export interface DiagnosisContext {
  /** The flow without its events. */
  flow: Omit<Flow, 'events'>
  service: Service | null
  client: ClientView | null
  connection: ConnectionView | null
  grant: Grant | null
  /**
   * Earlier flows with their events, the newest first, a bounded number: of the same connection or, where there is none yet, of
   * the same service.
   */
  earlier: Flow[]
}

/** What a rule found; its name is added by `diagnose`. */
export type Finding = Omit<Diagnosis, 'rule'>

export type Rule = (events: FlowEvent[], context: DiagnosisContext) => Finding | null
