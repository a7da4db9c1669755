import { expect, it } from 'vitest'
import { internalFailure } from '../../../core/internal-failure.ts'

function logged(error: unknown): string {
  const lines: string[] = []
  internalFailure(error, { write: (...line: unknown[]) => lines.push(JSON.stringify(line)) })
  return lines.join('\n')
}

it('logs where a bug happened', () => {
  expect(logged(new TypeError('broken'))).toContain('internal-failure.test.ts')
})

it('never logs a message, also where its lines look like places', () => {
  const renamed = new Error('old\n    at SEKRIT')
  renamed.message = 'new'
  const thrown = [new TypeError('x\n    at SEKRIT'), new Error('    at SEKRIT\n    at SEKRIT'), renamed, 'at SEKRIT']
  for (const error of thrown) expect(logged(error)).not.toContain('SEKRIT')
})
