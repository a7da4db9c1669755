// In which order the test files run: the quick unit tests first, so that what they find is seen at once; then what takes long,
// longest first, so that no long file is left over at the end with idle cores beside it; then all others.
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files that take more than some ten seconds of an idle machine, longest first. */
const longFiles = [
  'integration/hostile-server',
  'integration/killed-anywhere',
  'integration/door-fuzz',
  'integration/command-line-grants',
  'integration/canary-command-line',
  'ui/first-connection',
  'ui/canary',
  'integration/doorkeeper',
  'integration/interop/matrix',
  'integration/command-line',
  'integration/command-line-vault',
  'ui/settings-backup',
  'ui/settings-security',
  'ui/connection-details',
  'ui/plainly-told',
  'ui/grants',
  'ui/forgetting',
  'integration/keyring',
  'ui/history',
  'ui/client-details',
  'ui/other-grants',
  'ui/grant-details',
  'ui/describe-service',
  'integration/old-vaults',
  'integration/renewing',
  'integration/oidc-provider-app',
  'integration/django-oauth-toolkit',
  'integration/command-line-tokens',
  'integration/disk-command-line',
  'integration/evidence',
  'integration/many-commands',
]

/** Where a file stands in the order; lower is earlier. */
function placeOf({ moduleId, project }: TestSpecification): number {
  if (project.name === 'unit') return -1
  const place = longFiles.findIndex((file) => moduleId.endsWith(`/${file}.test.ts`))
  return place === -1 ? longFiles.length : place
}

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((one, other) => placeOf(one) - placeOf(other))
  }
}
