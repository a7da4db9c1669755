// The quirks of a single service, each with the sentence that its page shows. Only data: see quirk-catalogue.ts.
import type { QuirkText } from './quirk-text.ts'

const INSTALLATION = 'Installation'
const API = 'API'
const AUTHORIZATION = 'Authorization'
const DEVICE = 'Device grant'

export const SERVICE_QUIRKS = {
  'redirect-without-installation': {
    group: INSTALLATION,
    name: 'No app_installation_id',
    description: 'The redirect brings a code alone, and does not say where the app was installed.',
  },
  'payment-required': {
    group: API,
    name: 'Payment required',
    description: 'Every API request is answered with 402: the plan of the workspace does not include it.',
  },
  'bad-key-401': {
    group: API,
    name: 'A bad key is a 401',
    description: 'Both generations of the API refuse an API key that is not good with 401.',
    oneOf: 'bad key',
  },
  'bad-key-403': {
    group: API,
    name: 'A bad key is a 403',
    description: 'Both generations of the API refuse an API key that is not good with 403.',
    oneOf: 'bad key',
  },
  'rest-api-off': {
    group: API,
    name: 'The REST API is switched off',
    description: 'Every API request is answered with 403 and an empty body to every caller.',
  },
  'unknown-is-nobody': {
    group: API,
    name: 'An unknown token is nobody',
    description:
      'A token that was never issued counts as nobody, who may read what is public; otherwise it is refused.',
  },
  'key-beats-bearer': {
    group: API,
    name: 'A key beats a token',
    description: 'Where a request carries a key and a token, the key counts; otherwise the token does.',
  },
  'success-code-page': {
    group: AUTHORIZATION,
    name: 'The code in the title',
    description: 'Out of band, the page that shows the code is titled “Success code=…”.',
  },
  'automatic-consent': {
    group: AUTHORIZATION,
    name: 'Automatic consent grant',
    description: 'Nobody is asked: the authorization endpoint sends the browser back with a code of the first account.',
  },
  'account-header-required': {
    group: API,
    name: 'The account header is required',
    description: 'A request about an account has to name it; otherwise the preferred one, or the first, is taken.',
  },
  'preferred-account': {
    group: API,
    name: 'A preferred account is named',
    description: 'For somebody who prefers one of their accounts, the answers name it as preferred_account_uuid.',
  },
  'device-grant': {
    group: DEVICE,
    name: 'Offered',
    description: 'There is a device authorization endpoint, as GitLab has one at the same path.',
  },
  'device-no-interval': {
    group: DEVICE,
    name: 'No interval',
    description: 'The answer does not say how often to ask; five seconds are meant.',
  },
  'device-slow-down': {
    group: DEVICE,
    name: 'slow_down',
    description: 'The first question about a code is answered slow_down: from then on five seconds more are wanted.',
  },
  'device-expires-soon': {
    group: DEVICE,
    name: 'Ends within seconds',
    description: 'A code ends three seconds after it was given.',
  },
} satisfies Record<string, QuirkText>

/** For services with the device grant. */
export const DEVICE_QUIRKS: ServiceQuirkId[] = [
  'device-grant',
  'device-no-interval',
  'device-slow-down',
  'device-expires-soon',
]

export type ServiceQuirkId = keyof typeof SERVICE_QUIRKS
