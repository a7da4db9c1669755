// A service and a client as the wizard meets them.
import type { ClientView } from '../../../../contract/client.ts'
import { type ServiceView, serviceSchema } from '../../../../contract/service.ts'

/** A service with one grant of each kind that asks something. */
export function service(change: Record<string, unknown> = {}): ServiceView {
  const described = serviceSchema.parse({
    schema: 2,
    id: 'plane',
    name: 'Plane',
    base: { default: 'https://api.plane.so', example: 'https://plane.example.com' },
    endpoints: { authorization: '{base}/a', token: '{base}/t' },
    registration: { steps: 'Ask.' },
    clientAuthentication: { allowed: ['body', 'basic'], default: 'body' },
    redirect: { anyPort: 'unknown' },
    grants: [
      { id: 'user_token', type: 'authorization_code', name: 'User token' },
      { id: 'login', type: 'password', name: 'Password' },
      { id: 'api_key', type: 'static_token', name: 'API key', bearer: { header: 'X-Api-Key', prefix: '' } },
      {
        id: 'acting',
        type: 'client_credentials',
        name: 'Client credentials',
        inputs: [{ id: 'user', label: 'User id', format: 'number', scope: 'user:{value}', actsAs: 'user {value}' }],
      },
    ],
    scopes: { default: ['read', 'write'] },
    ...change,
  })
  return { ...described, origin: 'built_in' }
}

export function client(change: Partial<ClientView> = {}): ClientView {
  return {
    id: 'c1',
    name: 'Mine',
    serviceId: 'plane',
    baseUrl: 'https://api.plane.so',
    clientId: 'abc',
    hasSecret: true,
    weakSecret: false,
    clientAuthentication: 'body',
    grantAuthentication: {},
    pkce: 'S256',
    redirect: { mode: 'ephemeral' },
    redirectUri: 'http://127.0.0.1/callback',
    practice: false,
    connectionCount: 0,
    secretDamage: null,
    ...change,
  }
}
