// The services that Grantdesk knows by itself. Each is data by the schema that a person's own service uses too; nothing
// else in core knows a service by name.
import { type Service, type ServiceDescription, serviceSchema } from '../../contract/service.ts'
import { agilePlanner } from './catalogue/agile-planner.ts'
import { birdview } from './catalogue/birdview.ts'
import { plane } from './catalogue/plane.ts'
import { planio } from './catalogue/planio.ts'
import { plannr } from './catalogue/plannr.ts'
import { gitea } from './catalogue/presets/gitea.ts'
import { github } from './catalogue/presets/github.ts'
import { gitlab } from './catalogue/presets/gitlab.ts'
import { jiraCloud } from './catalogue/presets/jira-cloud.ts'
import { linear } from './catalogue/presets/linear.ts'

const complete = (descriptions: ServiceDescription[]): readonly Service[] =>
  descriptions.map((description) => serviceSchema.parse(description))

/** The five. */
export const catalogue = complete([plane, planio, plannr, agilePlanner, birdview])

/** More services of the same form, less tried. */
export const presets = complete([gitlab, github, linear, jiraCloud, gitea])
