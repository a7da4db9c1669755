// Where menus, tooltips and dialogs are put: inside the page's main landmark, so that assistive technology finds them.
// The theme's Portal points here.

export const floatsId = 'floats'

/** The place itself; each `<main>` has one. */
export function Floats() {
  return <div id={floatsId} className="gd-floats" />
}
