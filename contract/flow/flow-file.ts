// Flows as files: the formats that they are shared in.
import { z } from 'zod'

/** `har` and `json` can be imported again as the same flow; `svg` is its sequence diagram. */
export const flowFormats = ['har', 'html', 'json', 'svg'] as const
export const flowFormatSchema = z.enum(flowFormats)
export type FlowFormat = z.infer<typeof flowFormatSchema>
