// A server whose certificate nobody has signed but itself. Its key is made for this and protects nothing.
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'

const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQguJ36NdVgi9yukaau
oi2I3xiITyCN/vyXuk/IEgHinIKhRANCAASxahOLMyUftLbsP3reAl/aoVQRyiex
OvyAHeKgW/xxa0nD5+Siu6jndOLL2EozNmgCR8XqujvyBLDaoATqSGMQ
-----END PRIVATE KEY-----`

const cert = `-----BEGIN CERTIFICATE-----
MIIBmjCCAUGgAwIBAgIUU3piuI67arQIzBkK9VM8sk5J2LgwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNTE5MDUwOVoYDzIxMjYxMTAx
MTkwNTA5WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAASxahOLMyUftLbsP3reAl/aoVQRyiexOvyAHeKgW/xxa0nD5+Siu6jn
dOLL2EozNmgCR8XqujvyBLDaoATqSGMQo28wbTAdBgNVHQ4EFgQUQ7COhijfybL9
4cjrIpPBlC7BMuQwHwYDVR0jBBgwFoAUQ7COhijfybL94cjrIpPBlC7BMuQwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDRwAwRAIgaUs5W9TwGQvbdorkQKyRB1XssJBFIqt+URB73+n/x5UCIBOQ
8rDFfgo5lgPqIjYrzHoCVXmHkfA+AZzCyG4oV1+H
-----END CERTIFICATE-----`

export interface SelfSigned {
  origin: string
  close(): Promise<void>
}

export async function startSelfSigned(): Promise<SelfSigned> {
  const server = createServer({ key, cert }, (_, response) => response.end('{}'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
