// The page to switch a service's quirks: one form, no script.
import { escapeHtml, page } from './consent-page.ts'
import type { ServiceProfile } from './profile.ts'
import type { QuirkState } from './quirks.ts'

export const QUIRKS_PATH = '/practice/quirks'

function box({ id, name, description, on }: QuirkState): string {
  return `<div class="quirk"><input type="checkbox" name="on" value="${id}" id="${id}" aria-describedby="${id}-is"${on ? ' checked' : ''}>
<div><label for="${id}">${escapeHtml(name)}</label><p class="hint" id="${id}-is">${escapeHtml(description)}</p></div></div>`
}

/** `saved`: shown after a change. */
export function quirksPage(
  brand: Pick<ServiceProfile, 'name' | 'colour'>,
  quirks: QuirkState[],
  saved: boolean,
): string {
  const groups = [...new Set(quirks.map(({ group }) => group))]
  const sets = groups.map((name) => {
    const boxes = quirks.filter(({ group }) => group === name).map(box)
    return `<fieldset><legend>${escapeHtml(name)}</legend>\n${boxes.join('\n')}\n</fieldset>`
  })
  return page(
    brand,
    'Quirks',
    `${saved ? '<p role="status">Saved. The next request meets them.</p>' : ''}
<p>Ways of real services that a client has to live with. What is ticked holds from the next request on. Of those that exclude each other, the one ticked last counts.</p>
<form method="post" action="${QUIRKS_PATH}">
<div class="decision">
<button class="main" type="submit" name="save" value="all">Save</button>
<button type="submit" name="reset" value="all">Reset all</button>
</div>
${sets.join('\n')}
<div class="decision"><button class="main" type="submit" name="save" value="all">Save</button></div>
</form>
<p class="after"><a href="/">Practice ${escapeHtml(brand.name)}</a></p>`,
  )
}
