// The part of simple-oauth2 that the test uses; the package ships no types of its own.
declare module 'simple-oauth2' {
  interface Configuration {
    client: { id: string; secret: string }
    auth: { tokenHost: string; tokenPath?: string; authorizePath?: string }
    options?: { authorizationMethod?: 'header' | 'body'; credentialsEncodingMode?: 'strict' | 'loose' }
  }

  interface AccessToken {
    token: Record<string, unknown>
    expired(): boolean
    refresh(): Promise<AccessToken>
  }

  export class AuthorizationCode {
    constructor(configuration: Configuration)
    authorizeURL(parameters: Record<string, string>): string
    getToken(parameters: { code: string; redirect_uri: string }): Promise<AccessToken>
  }

  export class ClientCredentials {
    constructor(configuration: Configuration)
    getToken(parameters: { scope?: string }): Promise<AccessToken>
  }

  export class ResourceOwnerPassword {
    constructor(configuration: Configuration)
    getToken(parameters: { username: string; password: string }): Promise<AccessToken>
  }
}
