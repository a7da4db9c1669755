import { expect, it } from 'vitest'
import type { Health } from '../../../contract/health.ts'
import { junitReport } from '../../../headless/junit-report.ts'

function health(name: string, change: Partial<Health> = {}): Health {
  return {
    ...{ connectionId: name, name, serviceName: 'Acme', at: 0, token: 'works', expiresAt: null, scopes: null },
    ...{ needs: [], flowId: null, diagnoses: [] },
    ...change,
  }
}

const need = (kind: 'refused' | 'unreachable' | 'scopes', title: string) => ({ kind, title, remedy: 'Do.' })

it('counts and tells what needs the person, what was not reached and what cannot be asked', () => {
  const report = junitReport(
    [
      health('fine'),
      health('dead', { token: 'refused', needs: [need('refused', 'No.')] }),
      health('away', { token: 'unreachable', needs: [need('unreachable', 'Silence.')] }),
      health('mute', { token: 'unasked' }),
      health('narrow', { needs: [need('scopes', 'Fewer.')] }),
    ],
    0,
  )
  expect(report).toContain('tests="5" failures="1" errors="1" skipped="1" timestamp="1970-01-01T00:00:00"')
  expect(report).toContain('<failure type="refused" message="No.">No. Do.</failure>')
  expect(report).toContain('<error type="unreachable" message="Silence.">Silence. Do.</error>')
  expect(report).toContain('name="narrow"/>')
})

it('stays XML, whatever a connection is called and a server says', () => {
  const title = '"]]><x>&\u0000\u001b'
  const report = junitReport([health('<a "b" & c>', { needs: [need('refused', title)] })], 0)
  expect(report).toContain('name="&lt;a &quot;b&quot; &amp; c&gt;"')
  expect(report).toContain('message="&quot;]]&gt;&lt;x&gt;&amp;\ufffd\ufffd"')
})
