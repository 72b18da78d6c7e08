/**
 * Creates an element. Strings among the children become text nodes, so nothing that people wrote is ever
 * read as markup. Attributes that are undefined are left out.
 */
export const el = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) node.setAttribute(name, String(value))
  }
  node.append(...children)
  return node
}

/** A name that people chose: isolated, so that its writing direction cannot reorder its neighbours. */
export const nameOf = (name, className) => el('bdi', { class: className }, name)

export const byId = (id) => document.getElementById(id)

/** Runs `work` once shortly after the first of many calls. */
export const batched = (work) => {
  let timer = null
  return () => {
    if (timer !== null) return
    timer = setTimeout(() => {
      timer = null
      work()
    }, 30)
  }
}
