// The rotation server as a person's own service.

export const rotatingServiceId = 'rotating'

/** Its description, for `services.import`. */
export function rotatingService(baseUrl: string): string {
  return JSON.stringify({
    schema: 2,
    id: rotatingServiceId,
    name: 'Rotating',
    base: { default: baseUrl, example: baseUrl },
    endpoints: { authorization: '{base}/authorize', token: '{base}/token', revocation: '{base}/revoke' },
    registration: { steps: 'None.' },
    clientAuthentication: { allowed: ['body'], default: 'body' },
    redirect: { anyPort: 'yes' },
    grants: [{ id: 'code', type: 'authorization_code', name: 'Authorization code' }],
    scopes: {},
    identity: [{ path: '/me', accountId: ['id'], accountName: ['name'] }],
  })
}
