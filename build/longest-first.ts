// In which order the test files run: the quick unit tests first, so that what they find is seen at once; then what takes long,
// longest first, so that no long file is left over at the end with idle cores beside it; then all others.
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files that take more than some ten seconds of an idle machine, longest first. */
const longFiles = [
  'integration/hostile-server',
  'integration/killed-anywhere',
  'ui/canary',
  'integration/interop/matrix',
  'integration/command-line-grants',
  'integration/canary-command-line',
  'integration/command-line',
  'ui/first-connection',
  'ui/grants',
  'integration/command-line-vault',
  'ui/settings-security',
  'ui/connection-details',
  'ui/other-grants',
  'ui/client-details',
  'ui/describe-service',
  'integration/door-fuzz',
  'integration/disk-command-line',
  'integration/doorkeeper',
  'ui/grant-details',
  'ui/plainly-told',
  'ui/settings-backup',
  'integration/many-commands',
  'integration/canary-door',
  'ui/cancelling',
  'ui/broken-vault',
  'ui/history',
  'ui/forgetting',
  'integration/django-oauth-toolkit',
  'ui/redirect-uris',
  'integration/old-vaults',
  'integration/pasted-answers',
  'ui/messages',
  'ui/services',
  'ui/network-settings',
  'ui/revoking',
  'integration/serve',
  'integration/command-line-answers',
  'integration/command-line-tokens',
  'integration/keyring',
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
