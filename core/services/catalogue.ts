// The built-in services: data in the same schema as a person's own services. Nothing else in core knows a service by name.
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

/** The five. */
const builtIn = [plane, planio, plannr, agilePlanner, birdview]
/** More services of the same form, less tried. */
const lessTried = [gitlab, github, linear, jiraCloud, gitea]

const ids = [...builtIn, ...lessTried].map(({ id }) => id)
const completed = new Map<string, Service>()

/** Completed when it is first asked for: most commands need one of them, or none. */
function complete(description: ServiceDescription): Service {
  const service = completed.get(description.id) ?? serviceSchema.parse(description)
  completed.set(description.id, service)
  return service
}

/** The built-in services. */
export const catalogue = (): readonly Service[] => builtIn.map(complete)

/** The presets. */
export const presets = (): readonly Service[] => lessTried.map(complete)

/** Whether Grantdesk comes with a service of this id. */
export const isShipped = (id: string) => ids.includes(id)

/** The one of this id that Grantdesk comes with. */
export function shippedService(id: string): Service | undefined {
  const description = [...builtIn, ...lessTried].find((one) => one.id === id)
  return description && complete(description)
}

/** How one that Grantdesk comes with is called in the list. */
export const shippedOrigin = (id: string) => (builtIn.some((one) => one.id === id) ? 'built_in' : 'preset')
