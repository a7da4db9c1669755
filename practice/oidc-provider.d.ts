// The part of oidc-provider that practice uses; the package ships no types of its own.
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http'

  /** The parts of a Koa context that practice's own middleware uses. */
  export interface Context {
    req: IncomingMessage
    res: ServerResponse
    path: string
    status: number
    body: unknown
    type: string
    response: { get(field: string): string }
    set(field: string, value: string): void
    remove(field: string): void
    oidc: { params: Record<string, string | undefined>; client: { clientId: string } }
  }

  export interface Model {
    jti: string
    save(ttl?: number): Promise<string>
  }

  export interface GrantModel extends Model {
    addOIDCScope(scope: string): void
    rejectOIDCScope(scope: string): void
  }

  export interface InteractionModel extends Model {
    uid: string
    exp: number
    returnTo: string
    params: Record<string, string | undefined>
    result?: unknown
  }

  export interface TokenModel extends Model {
    expiration: number
    generateTokenId(): string
  }

  /** A kind of token, issued to a client for an account. */
  export interface TokenKind {
    prototype: TokenModel
    new (properties: {
      accountId: string
      client: object
      expiresWithSession: boolean
      grantId: string
      gty: string
      scope: string
    }): TokenModel
  }

  export const errors: { InvalidGrant: new (detail: string) => Error }

  export class Provider {
    constructor(issuer: string, configuration: Record<string, unknown>)
    silent: boolean
    use(middleware: (ctx: Context, next: () => Promise<void>) => Promise<void>): this
    registerGrantType(name: string, handler: (ctx: Context) => Promise<void>, parameters: string[]): void
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>
    AccessToken: TokenKind
    AuthorizationCode: { prototype: TokenModel }
    RefreshToken: TokenKind
    Session: object
    ClientCredentials: { prototype: TokenModel }
    Grant: new (properties: {
      accountId: string
      clientId: string
    }) => GrantModel
    Interaction: { find(uid: string): Promise<InteractionModel | undefined> }
  }
}
