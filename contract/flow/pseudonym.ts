/** The pseudonyms that stand for secrets in what was recorded, such as `<access_token:3f2a91c0>`; the label is captured. */
export const pseudonymPattern = /<([a-z][a-z0-9_ -]*):[0-9a-f]{4,}>/gi
