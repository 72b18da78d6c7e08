/** One figure. `ratio` compares it with `of`, measured in the same run. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly ratio?: number
  readonly of?: string
  readonly note?: string
  /** The figure must not be below (or, for `atMost`, above) this. */
  readonly atLeast?: number
  readonly atMost?: number
}

export const isMet = ({ value, atLeast, atMost }: Figure): boolean =>
  (atLeast === undefined || value >= atLeast) && (atMost === undefined || value <= atMost)

const shown = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3)

/** One line of the table. */
export const row = (figure: Figure): string => {
  const { name, value, unit, ratio, of, note, atLeast, atMost } = figure
  const floor = atLeast ?? atMost
  const parts = [
    name.padEnd(34),
    shown(value).padStart(10),
    unit.padEnd(12),
    ratio === undefined ? '' : `${ratio.toFixed(2)}x ${of}`,
    floor === undefined
      ? ''
      : `${isMet(figure) ? 'ok' : 'MISSED'}: ${atLeast === undefined ? 'at most' : 'at least'} ${floor.toLocaleString('en')}`,
    note ?? '',
  ]
  return parts.filter((part) => part !== '').join('  ')
}

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? Number.NaN
}

/** Runs `work` some times after one to warm up, and gives the median of items a second. */
export const perSecond = (items: number, work: () => void, runs = 5): number => {
  work()
  const seconds = Array.from({ length: runs }, () => {
    const start = performance.now()
    work()
    return (performance.now() - start) / 1000
  })
  return items / median(seconds)
}
