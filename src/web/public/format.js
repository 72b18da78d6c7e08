import { language } from './language.js'

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]

/** How long ago, short: `3 min. ago`. */
export const ago = (at, now = Date.now()) => {
  const seconds = (now - Date.parse(at)) / 1000
  const format = new Intl.RelativeTimeFormat(language(), { style: 'short', numeric: 'auto' })
  const [unit, size] = UNITS.find(([, size]) => seconds >= size) ?? ['second', 1]
  return format.format(-Math.max(0, Math.floor(seconds / size)), unit)
}

export const clock = (at) =>
  new Intl.DateTimeFormat(language(), { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(at))

/** Two digits, rounded down: what is not certain never reads 1.00. */
export const score = (value) => (Math.floor(value * 100) / 100).toFixed(2)

export const count = (value) => new Intl.NumberFormat(language(), { maximumFractionDigits: 0 }).format(value)

export const strikes = (value) =>
  new Intl.NumberFormat(language(), { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(value)

const MINUTE = 60
const HOUR = 3_600
const DAY = 86_400

/** A whole number of the largest unit that fits: `10 minutes`. */
export const duration = (seconds) => {
  const [size, unit] = seconds >= DAY ? [DAY, 'day'] : seconds >= HOUR ? [HOUR, 'hour'] : [MINUTE, 'minute']
  const format = new Intl.NumberFormat(language(), { style: 'unit', unit, unitDisplay: 'long' })
  return format.format(Math.round(seconds / size))
}
