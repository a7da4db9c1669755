// The rotation server as a person's own service.
import { codeService } from '../support/code-service.ts'

export const rotatingServiceId = 'rotating'

/** Its description, for `services.import`. */
export const rotatingService = (baseUrl: string) => codeService(rotatingServiceId, 'Rotating', baseUrl)
