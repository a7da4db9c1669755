// Sets Electron's fuses in the packed executable: what the runtime could do besides running Grantdesk, it cannot do any more.
import { join } from 'node:path'
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses'
import type { AfterPackContext } from 'electron-builder'

/** As `linux.executableName` in electron-builder.yml says. */
const linuxName = 'grantdesk'

function executable({ packager, appOutDir, electronPlatformName }: AfterPackContext): string {
  const name = packager.appInfo.productFilename
  if (electronPlatformName === 'darwin') return join(appOutDir, `${name}.app`)
  return join(appOutDir, electronPlatformName === 'win32' ? `${name}.exe` : linuxName)
}

/** Called by electron-builder for each unpacked application, before it is signed. */
export async function afterPack(context: AfterPackContext): Promise<void> {
  await flipFuses(executable(context), {
    version: FuseVersion.V1,
    resetAdHocDarwinSignature: context.electronPlatformName === 'darwin',
    [FuseV1Options.RunAsNode]: false,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: false,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
    [FuseV1Options.OnlyLoadAppFromAsar]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
    // There are no cookies to encrypt, and this would ask the keychain before a window is there to say why.
    [FuseV1Options.EnableCookieEncryption]: false,
  })
}
