// The description of a service of which a test's own server is the authorization server and the API: one grant, by code.

/** For `services.import`. */
export function codeService(id: string, name: string, baseUrl: string): string {
  return JSON.stringify({
    schema: 2,
    id,
    name,
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
