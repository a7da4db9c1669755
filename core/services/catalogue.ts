// The built-in services. Each is data by the schema that a person's own service uses too; nothing else in core knows
// a service by name.
import { type Service, serviceSchema } from '../../contract/service.ts'
import { agilePlanner } from './catalogue/agile-planner.ts'
import { birdview } from './catalogue/birdview.ts'
import { plane } from './catalogue/plane.ts'
import { planio } from './catalogue/planio.ts'
import { plannr } from './catalogue/plannr.ts'

export const catalogue: readonly Service[] = [plane, planio, plannr, agilePlanner, birdview].map((description) =>
  serviceSchema.parse(description),
)
