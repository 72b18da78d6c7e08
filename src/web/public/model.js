const isOlder = (a, b) => Date.parse(a.updatedAt) < Date.parse(b.updatedAt)

/** What the page knows: cases by id, the filter, the selection, and decisions that are on their way. */
export const createModel = () => ({
  cases: new Map(),
  filter: { state: 'open', channel: '' },
  selectedId: null,
  pending: new Set(),
  touched: new Set(),
  channels: new Map(),
})

const matches = ({ state, channel }, item) =>
  (state === '' || item.state === state) && (channel === '' || item.channel.id === channel)

/**
 * A case as it is now; what no longer matches the filter leaves. The selected case stays: when someone else
 * decides it, the key that was meant for it must not hit the next one.
 */
export const putCase = (model, item) => {
  model.touched.add(item.id)
  model.channels.set(item.channel.id, item.channel.name)
  if (matches(model.filter, item) || item.id === model.selectedId) model.cases.set(item.id, item)
  else model.cases.delete(item.id)
}

/** A list asked for at `beginList`; what events brought since then is newer and stays. */
export const putList = (model, items) => {
  const kept = [...model.cases].filter(([id]) => model.touched.has(id))
  const listed = items.filter((item) => !model.touched.has(item.id))
  for (const { channel } of items) model.channels.set(channel.id, channel.name)
  const before = model.cases
  model.cases = new Map(kept)
  for (const item of listed) {
    const known = before.get(item.id)
    model.cases.set(item.id, known !== undefined && isOlder(item, known) ? known : item)
  }
}

export const beginList = (model) => model.touched.clear()

export const setFilter = (model, change) => {
  model.filter = { ...model.filter, ...change }
  model.cases.clear()
  model.selectedId = null
}

/** Newest change first, as the API lists them. */
export const visibleCases = (model) =>
  [...model.cases.values()]
    .filter((item) => !model.pending.has(item.id))
    .filter((item) => matches(model.filter, item) || item.id === model.selectedId)
    .sort((a, b) => Date.parse(b.updatedAt) - Date.parse(a.updatedAt) || (a.id < b.id ? 1 : -1))

/** Keeps the selection; when its case is gone, takes the one that moved into its place. */
export const settleSelection = (model, shownBefore, shown) => {
  if (shown.some((item) => item.id === model.selectedId)) return
  const place = Math.max(0, shownBefore.indexOf(model.selectedId))
  model.selectedId = (shown[place] ?? shown.at(-1))?.id ?? null
}

/** Moves the selection by `step` rows, not past the ends. */
export const moveSelection = (model, step) => {
  const shown = visibleCases(model)
  const at = shown.findIndex((item) => item.id === model.selectedId)
  const next = shown[Math.max(0, Math.min(shown.length - 1, at + step))]
  if (next !== undefined) model.selectedId = next.id
}
