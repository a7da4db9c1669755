// A health check as a JUnit report, which every CI server reads: one test case for each connection.
import { type Health, needsPerson } from '../contract/health.ts'

/** `now` in milliseconds. What could not be reached is an error, what needs the person a failure, what cannot be asked skipped. */
export function junitReport(checked: Health[], now: number): string {
  const isError = ({ needs }: Health) => needs[0]?.kind === 'unreachable'
  const errors = checked.filter(isError).length
  const failures = checked.filter(needsPerson).length - errors
  const skipped = checked.filter((one) => one.token === 'unasked' && !needsPerson(one)).length
  const counts = `tests="${checked.length}" failures="${failures}" errors="${errors}" skipped="${skipped}"`
  const cases = checked.map((one) => {
    const head = `  <testcase classname="${escaped(one.serviceName)}" name="${escaped(one.name)}"`
    const [need] = one.needs
    if (need && needsPerson(one)) {
      const text = one.needs.map(({ title, remedy }) => `${title} ${remedy}`.trim()).join('\n')
      const tag = isError(one) ? 'error' : 'failure'
      return `${head}>\n    <${tag} type="${need.kind}" message="${escaped(need.title)}">${escaped(text)}</${tag}>\n  </testcase>`
    }
    return one.token === 'unasked' ? `${head}><skipped message="Nobody can be asked."/></testcase>` : `${head}/>`
  })
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuite name="grantdesk doctor" ${counts} timestamp="${new Date(now).toISOString().slice(0, 19)}">`,
    ...cases,
    '</testsuite>',
    '',
  ].join('\n')
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Without what XML 1.0 has no way to write. */
function escaped(text: string): string {
  return text
    .replace(/[&<>"]/g, (mark) => entities[mark] ?? mark)
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
}
