// Tells libraries, before they are loaded, what the page's Content-Security-Policy allows. Imported first by both entries.

declare global {
  var __zod_globalConfig: { jitless?: boolean } | undefined
  var __webpack_nonce__: string | undefined
}

/** The nonce that the host gave this page for its style elements. */
export const styleNonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? ''

// zod would try `new Function` once, which the policy refuses and reports.
globalThis.__zod_globalConfig = { ...globalThis.__zod_globalConfig, jitless: true }
// react-style-singleton, under Mantine's modals, looks for its nonce under this name.
globalThis.__webpack_nonce__ = styleNonce
