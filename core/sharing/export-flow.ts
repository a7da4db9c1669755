// A flow as a file to share. It holds what the flow holds: pseudonyms in the place of every secret.
import type { Diagnosis } from '../../contract/flow/diagnosis.ts'
import { flowSvg } from '../../contract/flow/diagram/svg-text.ts'
import type { KeptFlow } from '../../contract/flow/flow.ts'
import type { FlowFormat } from '../../contract/flow/flow-file.ts'
import { flowPage } from './flow-page.ts'
import { flowToHar } from './flow-to-har.ts'

export interface FlowFile {
  text: string
  fileName: string
}

/** `version` is Grantdesk's. */
export function exportFlow(
  flow: KeptFlow,
  diagnoses: readonly Diagnosis[],
  format: FlowFormat,
  version: string,
): FlowFile {
  return { text: write[format](flow, version, diagnoses), fileName: flowFileName(flow, format) }
}

const write: Record<FlowFormat, (flow: KeptFlow, version: string, diagnoses: readonly Diagnosis[]) => string> = {
  har: ({ missing: _, ...flow }, version) => `${JSON.stringify(flowToHar(flow, version), null, 2)}\n`,
  html: (flow, version, diagnoses) => flowPage(flow, diagnoses, version),
  json: (flow) => `${JSON.stringify(flow, null, 2)}\n`,
  svg: (flow) => flowSvg(flow),
}

/** `grantdesk-connect-2026-11-30-0915.har`, by UTC. */
export function flowFileName({ kind, startedAt }: KeptFlow, ending: FlowFormat | 'png'): string {
  const date = new Date(startedAt)
  const at = Number.isNaN(date.getTime())
    ? ''
    : `-${date.toISOString().slice(0, 16).replace('T', '-').replace(':', '')}`
  return `grantdesk-${kind}${at}.${ending}`
}
