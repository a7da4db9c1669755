// Flows as files: the formats that they are shared in.
import { z } from 'zod'

/** `har` and `json` can be imported again as the same flow; `svg` is its sequence diagram. */
export const flowFormats = ['har', 'html', 'json', 'svg'] as const
export const flowFormatSchema = z.enum(flowFormats)
export type FlowFormat = z.infer<typeof flowFormatSchema>

/** The most that a picture may be (characters of base64). */
const longestPicture = 16_000_000

/** A PNG file as base64, which begins with the signature of the format. @see PNG, W3C Recommendation 2025, §5.2 */
export const pictureSchema = () => z.base64().startsWith('iVBORw0KGgo').max(longestPicture)
