// The diagnoser, whose rules are loaded when somebody asks: no command needs them to start.
import type { Diagnoser } from '../diagnosis/diagnoser.ts'
import type { Parts } from './parts.ts'

export function lazyDiagnoser(parts: Parts): Diagnoser {
  return {
    async diagnose(flowId) {
      const { createDiagnoser } = await import('../diagnosis/diagnoser.ts')
      return createDiagnoser(parts).diagnose(flowId)
    },
  }
}
