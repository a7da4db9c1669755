// Which of a service's pages registers clients: an instance of one's own may have another than the cloud.
import type { ServiceView } from './service.ts'

type RegistrationFacts = Pick<ServiceView, 'base' | 'registration'>

/** The page as it is described, which may begin with `{base}`; `undefined` if none is known. */
export function registrationPageFor({ base, registration }: RegistrationFacts, baseUrl: string): string | undefined {
  const plain = (url: string | null) => url?.trim().replace(/\/+$/, '').toLowerCase()
  const { page, instancePage } = registration
  const isCloud = plain(baseUrl) === plain(base.default)
  return isCloud ? page : (instancePage ?? page)
}
